package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.contract.Exponential;
import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.TanhShrink;
import java.lang.foreign.MemorySegment;

/** {@code y = x - tanh(x)}. */
public final class ScalarTanhShrink implements ActivationKernel {

  /**
   * {@code x^3 * p(x^2)} between -1 and 1, where the difference would cancel. Beyond {@code (x - 1)
   * + 2 e / (1 + e)} with {@code e = e^-2x}.
   */
  private static float tanhShrink(float v) {
    float a = Math.abs(v);
    float u = a * a;
    float c = Fma.of(TanhShrink.C7, u, TanhShrink.C6);
    c = Fma.of(c, u, TanhShrink.C5);
    c = Fma.of(c, u, TanhShrink.C4);
    c = Fma.of(c, u, TanhShrink.C3);
    c = Fma.of(c, u, TanhShrink.C2);
    c = Fma.of(c, u, TanhShrink.C1);
    c = Fma.of(c, u, TanhShrink.C0);
    float twice = a * -2f;
    float held = twice < -Exponential.GATE_LIMIT ? -Exponential.GATE_LIMIT : twice;
    float e = ScalarMath.timesExp(1f, held, 0f);
    float far = (e + e) / (1f + e) + (a - 1f);
    return Math.copySign(a < 1f ? a * u * c : far, v);
  }

  private static float square(float t) {
    return t * t;
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      Floats.set(y, yOffset + i, tanhShrink(v));
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
      Floats.set(dx, dxOffset + i, d * square(ScalarMath.tanh(v)));
    }
  }
}
