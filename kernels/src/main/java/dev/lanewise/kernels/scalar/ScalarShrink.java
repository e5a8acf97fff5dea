package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = 0} where {@code |x| <= threshold}, else x nearer to 0 by a shift; NaN stays NaN. */
public final class ScalarShrink implements ActivationKernel {

  private final float threshold;
  private final float shift;

  /** With the largest |x| that gives 0, and what is taken from the others. */
  public ScalarShrink(float threshold, float shift) {
    this.threshold = threshold;
    this.shift = shift;
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, Math.abs(v) <= threshold ? 0f : v < 0f ? v + shift : v - shift);
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
      Floats.set(dx, dxOffset + i, a == 0f ? 0f : d);
    }
  }
}
