package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = clip(x, low, high)}; NaN stays NaN. */
public final class ScalarClamp implements ActivationKernel {

  private final float low;
  private final float high;

  /** With both limits. */
  public ScalarClamp(float low, float high) {
    this.low = low;
    this.high = high;
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, v < low ? low : v > high ? high : v);
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
      Floats.set(dx, dxOffset + i, a > low && a < high ? d : 0f);
    }
  }
}
