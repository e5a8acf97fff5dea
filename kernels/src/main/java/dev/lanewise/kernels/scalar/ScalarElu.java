package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = scale * x} above 0, {@code scale * alpha * (e^x - 1)} below; NaN stays NaN. */
public final class ScalarElu implements ActivationKernel {

  private final float scale;
  private final float low; // scale * alpha

  /** With the slope above 0 and the distance of the lower limit. */
  public ScalarElu(float scale, float low) {
    this.scale = scale;
    this.low = low;
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, v > 0f ? v * scale : ScalarMath.expm1(v) * low);
    }
  }

  @Override
  public void gradient(
      long n,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    for (long i = 0; i < n; i++) {
      float a = Floats.get(y, yOffset + i);
      float d = Floats.get(dy, dyOffset + i);
      Floats.set(dx, dxOffset + i, d * (a > 0f ? scale : a + low));
    }
  }
}
