package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** {@code y = x / (1 + e^-x)}. */
public final class ScalarSilu implements ActivationKernel {

  /** Below 0 as {@code x * e^x / (1 + e^x)}. */
  private static float silu(float v) {
    float power = ScalarMath.heldFar(-Math.abs(v));
    float top = v < 0f ? ScalarMath.timesExp(power, power, 0f) : v;
    return top / (1f + ScalarMath.timesExp(1f, power, 0f));
  }

  /** {@code s(x) * (1 + x * s(-x))} with the sigmoid s. */
  private static float slope(float v) {
    float power = ScalarMath.heldFar(-Math.abs(v));
    float x = v < 0f ? power : -power;
    float e = ScalarMath.timesExp(1f, power, 0f);
    float s = (v < 0f ? e : 1f) / (1f + e);
    float r = (v < 0f ? 1f : e) / (1f + e);
    return s * Fma.of(x, r, 1f);
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, silu(v));
    }
  }

  @Override
  public void gradient(
      long n,
      MemorySegment x,
      long xOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      float d = Floats.get(dy, dyOffset + i);
      Floats.set(dx, dxOffset + i, d * slope(v));
    }
  }
}
