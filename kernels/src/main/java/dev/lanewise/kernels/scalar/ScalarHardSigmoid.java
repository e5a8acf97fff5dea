package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** {@code y = clip(slope * x + 0.5, 0, 1)}; NaN stays NaN. */
public final class ScalarHardSigmoid implements ActivationKernel {

  private final float slope;

  /** With the slope of the line between the clips. */
  public ScalarHardSigmoid(float slope) {
    this.slope = slope;
  }

  private static float clip(float v) {
    return v < 0f ? 0f : v > 1f ? 1f : v;
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, clip(Fma.of(slope, v, 0.5f)));
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
      Floats.set(dx, dxOffset + i, a > 0f && a < 1f ? d * slope : 0f);
    }
  }
}
