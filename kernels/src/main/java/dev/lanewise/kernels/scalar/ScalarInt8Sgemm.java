package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Int8Strips;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** The product by weights in bytes. */
public final class ScalarInt8Sgemm extends ScalarSgemm {

  @Override
  public long stripBytes(int k, int blocks) {
    return Int8Strips.bytes(k, 1);
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Int8Strips.pack(to, b, bOffset, rowStride, columnStride);
  }

  @Override
  float weight(MemorySegment packed, int k, int columns, int strip, int p, int v) {
    return Int8Strips.get(packed, k, strip, p, v);
  }
}
