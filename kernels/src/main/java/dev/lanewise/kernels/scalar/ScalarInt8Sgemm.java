package dev.lanewise.kernels.scalar;

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
  void weights(PackedStrips b, int strip, int from, int steps, int width, float[] to) {
    for (int p = 0; p < steps; p++) {
      for (int j = 0; j < width; j++) {
        int v = j / lanes();
        to[p * width + j] = Int8Strips.get(b, strip, from + p, v, j - v * lanes());
      }
    }
  }
}
