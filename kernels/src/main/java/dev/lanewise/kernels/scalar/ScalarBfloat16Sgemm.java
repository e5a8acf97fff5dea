package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Bfloat16Strips;
import java.lang.foreign.MemorySegment;

/** The product by weights in bfloat16. */
public final class ScalarBfloat16Sgemm extends ScalarSgemm {

  @Override
  public long stripBytes(int k, int blocks) {
    return Bfloat16Strips.bytes(k, 1);
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
    Bfloat16Strips.pack(k, n, blocks, 1, b, bOffset, rowStride, columnStride, packed);
  }

  @Override
  float weight(MemorySegment packed, int k, int columns, int strip, int p, int v) {
    return Bfloat16Strips.get(packed, k, strip, p, v);
  }
}
