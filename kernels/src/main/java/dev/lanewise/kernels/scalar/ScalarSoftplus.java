package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = sign * ln(1 + e^(sign * x))}: softplus, or the logarithm of the sigmoid. */
public final class ScalarSoftplus implements ActivationKernel {

  private final float sign;

  /** With 1 for softplus, -1 for the logarithm of the sigmoid. */
  public ScalarSoftplus(float sign) {
    this.sign = sign;
  }

  private static float softplus(float v) {
    return (v > 0f ? v : 0f) + ScalarMath.log1p(ScalarMath.exp(-Math.abs(v)));
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, sign * softplus(sign * v));
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
      Floats.set(dx, dxOffset + i, d * -ScalarMath.expm1(-Math.abs(a)));
    }
  }
}
