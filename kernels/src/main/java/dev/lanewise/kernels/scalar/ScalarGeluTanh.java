package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.GeluTanh;
import java.lang.foreign.MemorySegment;

/** {@code y = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))}. */
public final class ScalarGeluTanh implements ActivationKernel {

  /**
   * {@code x / (1 + e^-w)} with {@code w = x * (C1 + C3 * x^2)}. What rounding leaves of w is kept:
   * far below 0 an ULP of w is many of y.
   */
  private static float gelu(float v) {
    float a = held(v);
    float u = a * a;
    float uRest = Fma.of(a, a, -u);
    float k = Fma.of(u, GeluTanh.C3, GeluTanh.C1);
    float kRest =
        Fma.of(u, GeluTanh.C3, GeluTanh.C1 - k)
            + Fma.of(uRest, GeluTanh.C3, Fma.of(u, GeluTanh.C3_REST, GeluTanh.C1_REST));
    float w = a * k;
    float rest = -Fma.of(a, kRest, Fma.of(a, k, -w));
    float top = v < 0f ? ScalarMath.timesExp(-a, -w, rest) : v;
    return top / (1f + ScalarMath.timesExp(1f, -w, rest));
  }

  /** {@code s(w) * (1 + x * s(-w) * w')} with the sigmoid s. */
  private static float slope(float v) {
    float a = held(v);
    float u = a * a;
    float e = ScalarMath.timesExp(1f, -(a * Fma.of(u, GeluTanh.C3, GeluTanh.C1)), 0f);
    float s = (v < 0f ? e : 1f) / (1f + e);
    float r = (v < 0f ? 1f : e) / (1f + e);
    float x = v < 0f ? -a : a;
    return s * Fma.of(x * r, Fma.of(u, 3f * GeluTanh.C3, GeluTanh.C1), 1f);
  }

  private static float held(float v) {
    float a = Math.abs(v);
    return a > GeluTanh.LIMIT ? GeluTanh.LIMIT : a;
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, gelu(v));
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
