package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.NormalTail;
import java.lang.foreign.MemorySegment;

/** {@code y = x * Phi(x)} with the normal distribution Phi. */
public final class ScalarGelu implements ActivationKernel {

  /** {@code max(x, 0) - a * Phi(-a)} with {@code a = |x|}. */
  private static float gelu(float v) {
    float a = held(v);
    float square = a * a;
    float rest = Fma.of(a, a, -square) * -0.5f;
    float u = 1f / Fma.of(a, NormalTail.SCALE, 1f);
    float tail = ScalarMath.timesExp(a * u * tail(u), square * -0.5f, rest);
    return (v > 0f ? v : 0f) - tail;
  }

  /** {@code Phi(x) + x * phi(x)}: below 0 {@code Phi(-a) - a * phi(a)}, above 0 one less that. */
  private static float slope(float v) {
    float a = held(v);
    float u = 1f / Fma.of(a, NormalTail.SCALE, 1f);
    float factor = Fma.of(a, -NormalTail.DENSITY, u * tail(u));
    float below = ScalarMath.timesExp(factor, a * a * -0.5f, 0f);
    return v < 0f ? below : 1f - below;
  }

  private static float held(float v) {
    float a = Math.abs(v);
    return a > NormalTail.LIMIT ? NormalTail.LIMIT : a;
  }

  private static float tail(float u) {
    float g = Fma.of(NormalTail.Q8, u, NormalTail.Q7);
    g = Fma.of(g, u, NormalTail.Q6);
    g = Fma.of(g, u, NormalTail.Q5);
    g = Fma.of(g, u, NormalTail.Q4);
    g = Fma.of(g, u, NormalTail.Q3);
    g = Fma.of(g, u, NormalTail.Q2);
    g = Fma.of(g, u, NormalTail.Q1);
    return Fma.of(g, u, NormalTail.Q0);
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
