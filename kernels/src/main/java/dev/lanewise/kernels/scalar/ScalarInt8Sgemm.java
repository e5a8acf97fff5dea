package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Int8Strips;
import java.lang.foreign.MemorySegment;

/** The product by weights in bytes. */
public final class ScalarInt8Sgemm extends ScalarSgemm {

  @Override
  public long stripBytes(int k, int blocks) {
    return Int8Strips.bytes(k, 1);
  }

  @Override
  public void pack(
      int k,
      int n,
      int blocks,
      MemorySegment b,
      long bOffset,
      long rowStride,
      long columnStride,
      MemorySegment packed) {
    Int8Strips.pack(k, n, blocks, 1, b, bOffset, rowStride, columnStride, packed);
  }

  @Override
  float weight(MemorySegment packed, int k, int columns, int strip, int p, int v) {
    return Int8Strips.get(packed, k, strip, p, v);
  }
}
