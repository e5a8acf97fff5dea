package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Bfloat16Strips;
import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** The product by weights in bfloat16. */
public final class ScalarBfloat16Sgemm extends ScalarSgemm {

  /** By strips of vectors of so many lanes. */
  public ScalarBfloat16Sgemm(int lanes) {
    super(lanes);
  }

  @Override
  public long stripBytes(int k, int blocks) {
    return Bfloat16Strips.bytes(k, lanes());
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Bfloat16Strips.pack(to, b, bOffset, rowStride, columnStride);
  }

  @Override
  float sum(
      float sum,
      MemorySegment a,
      long row,
      long aColumnStride,
      PackedStrips b,
      int strip,
      int v,
      int lane) {
    float total = sum;
    for (int p = 0; p < b.k(); p++) {
      float left = Floats.get(a, row + p * aColumnStride);
      total = Fma.of(left, Bfloat16Strips.get(b, strip, p, v, lane), total);
    }
    return total;
  }
}
