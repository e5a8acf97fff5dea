package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** {@code y = x * tanh(ln(1 + e^x))}. */
public final class ScalarMish implements ActivationKernel {

  /**
   * {@code tanh(ln(1 + e^x))} is {@code e (e + 2) / (e (e + 2) + 2)} with {@code e = e^x}, and
   * above 0 {@code (1 + 2 e) / (1 + 2 e + 2 e^2)} with {@code e = e^-x}.
   */
  private static float mish(float v) {
    float power = ScalarMath.heldFar(-Math.abs(v));
    float e = ScalarMath.timesExp(1f, power, 0f);
    float top = v < 0f ? ScalarMath.timesExp(power, power, 0f) * (e + 2f) : v * (e + e + 1f);
    return top / divisor(v, e);
  }

  /** {@code m + x * (1 - m^2) * s(x)} with {@code m = y / x} and the sigmoid s. */
  private static float slope(float v) {
    float power = ScalarMath.heldFar(-Math.abs(v));
    float x = v < 0f ? power : -power;
    float e = ScalarMath.timesExp(1f, power, 0f);
    float m = v < 0f ? e * (e + 2f) : e + e + 1f;
    float rest = (v < 0f ? e : e * e) * (e + 1f) * (x * 4f);
    float divisor = divisor(v, e);
    return (m + rest / divisor) / divisor;
  }

  private static float divisor(float v, float e) {
    return v < 0f ? Fma.of(e, e + 2f, 2f) : Fma.of(e + e, e + 1f, 1f);
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, mish(v));
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
