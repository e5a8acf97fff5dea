package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Bfloat16Strips;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** The product by weights in bfloat16. */
public final class ScalarBfloat16Sgemm extends ScalarSgemm {

  @Override
  public long stripBytes(int k, int blocks) {
    return Bfloat16Strips.bytes(k, 1);
  }

  @Override
  public void pack(
      PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride) {
    Bfloat16Strips.pack(to, b, bOffset, rowStride, columnStride);
  }

  @Override
  float weight(MemorySegment packed, int k, int columns, int strip, int p, int v) {
    return Bfloat16Strips.get(packed, k, strip, p, v);
  }
}
