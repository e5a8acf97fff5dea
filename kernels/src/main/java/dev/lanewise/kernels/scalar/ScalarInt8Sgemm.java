package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.Int8Strips;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** The product by weights in bytes. */
public final class ScalarInt8Sgemm extends ScalarSgemm {

  /** By strips of vectors of so many lanes. */
  public ScalarInt8Sgemm(int lanes) {
    super(lanes);
  }

  @Override
  public long stripBytes(int k, int blocks) {
    return Int8Strips.bytes(k, lanes());
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Int8Strips.pack(to, b, bOffset, rowStride, columnStride);
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
      total = Fma.of(left, Int8Strips.get(b, strip, p, v, lane), total);
    }
    return total;
  }
}
