package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Bfloat16Strips;
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
  void weights(PackedStrips b, int strip, int from, int steps, int width, float[] to) {
    for (int p = 0; p < steps; p++) {
      for (int j = 0; j < width; j++) {
        int v = j / lanes();
        to[p * width + j] = Bfloat16Strips.get(b, strip, from + p, v, j - v * lanes());
      }
    }
  }
}
