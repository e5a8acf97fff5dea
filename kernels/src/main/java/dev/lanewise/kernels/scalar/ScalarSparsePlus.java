package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = (x + 1)^2 / 4} between -1 and 1, 0 below, x above; NaN stays NaN. */
public final class ScalarSparsePlus implements ActivationKernel {

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, v <= -1f ? 0f : v >= 1f ? v : (v + 1f) * (v + 1f) * 0.25f);
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
      Floats.set(dx, dxOffset + i, a >= 1f ? d : d * (float) Math.sqrt(a));
    }
  }
}
