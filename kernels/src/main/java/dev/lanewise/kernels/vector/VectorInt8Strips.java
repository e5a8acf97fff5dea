package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.Int8Strips;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/**
 * Strips of bytes, one row of A by one of them at a time: unpacking takes longer than the latency
 * of its chains.
 */
final class VectorInt8Strips implements NarrowStrips {

  @Override
  public long stripBytes(int k) {
    return Int8Strips.bytes(k, Lanes.COUNT);
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Int8Strips.pack(to, b, bOffset, rowStride, columnStride);
  }

  @Override
  public void row(
      long a,
      long kStride,
      int k,
      long b,
      int vectors,
      int strips,
      long c,
      long apart,
      long cApart) {
    long bApart = stripBytes(k);
    for (int strip = 0; strip < strips; strip++) {
      long from = b + strip * bApart;
      long to = c + strip * cApart;
      if (vectors == 3) {
        Int8Tiles.rows1vectors3(a, kStride, k, from, to, apart);
      } else {
        Int8Tiles.rows1(a, kStride, k, from, to, apart);
      }
    }
  }

  @Override
  public void expand(long b, int from, int steps, long to) {
    Int8Tiles.widen(b, b + Int8Tiles.SCALES_BYTES + from * Int8Tiles.ROW_BYTES, steps, to);
  }
}
