package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.Bfloat16Strips;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** Strips of bfloat16, one row of A by two of them at a time. */
final class VectorBfloat16Strips implements NarrowStrips {

  @Override
  public long stripBytes(int k) {
    return Bfloat16Strips.bytes(k, Lanes.COUNT);
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Bfloat16Strips.pack(to, b, bOffset, rowStride, columnStride);
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
    int strip = 0;
    while (strips - strip > 1) {
      int between = SgemmRow.between(strips - strip, bApart);
      for (int end = strip + between; strip < end; strip++) {
        long from = b + strip * bApart;
        long next = between * bApart;
        long to = c + strip * cApart;
        long nextTo = between * cApart;
        if (vectors == 3) {
          Bfloat16Tiles.rows1strips2vectors3(a, kStride, k, from, next, to, apart, nextTo);
        } else {
          Bfloat16Tiles.rows1strips2(a, kStride, k, from, next, to, apart, nextTo);
        }
      }
      strip += between;
    }
    if (strip < strips) {
      long from = b + strip * bApart;
      long to = c + strip * cApart;
      if (vectors == 3) {
        Bfloat16Tiles.rows1vectors3(a, kStride, k, from, to, apart);
      } else {
        Bfloat16Tiles.rows1(a, kStride, k, from, to, apart);
      }
    }
  }

  @Override
  public void expand(long b, int from, int steps, long to) {
    Bfloat16Tiles.widen(b + from * Bfloat16Tiles.ROW_BYTES, steps, to);
  }
}
