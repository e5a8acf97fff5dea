package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Exponential;

/**
 * The elementary functions, one float at a time, by the same operations in the same order as their
 * vector twins, so that both give the same bits. {@link Exponential} holds the method.
 */
final class ScalarMath {

  private ScalarMath() {}

  /**
   * {@code e^x} over the whole range: largest error 1.02 ULP, denormals included; 0, infinity and
   * NaN where they belong.
   */
  static float exp(float x) {
    float held =
        x > Exponential.HIGH ? Exponential.HIGH : x < Exponential.LOW ? Exponential.LOW : x;
    float shifted = Math.fma(held, Exponential.LOG2_E, Exponential.ROUNDER);
    int n = Float.floatToRawIntBits(shifted) - Exponential.ROUNDER_BITS;
    int half = n >> 1;
    float p = expm1Reduced(reduce(held, shifted - Exponential.ROUNDER)) + 1f;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /** {@code 1 / (1 + e^-x)} over the whole range: largest error 2.5 ULP. */
  static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x < 0f ? e : 1f) / (1f + e);
  }

  /** {@code tanh(x)} over the whole range: largest error 2.5 ULP; keeps the sign of zero. */
  static float tanh(float x) {
    return Math.copySign(gateTanh(Math.abs(x)), x);
  }

  /**
   * The sigmoid of the fused cell: as {@link #sigmoid}, but held at 1.6e-38 below -87 instead of
   * going on to 0.
   */
  static float gateSigmoid(float x) {
    float held = hold(-x);
    float shifted = Math.fma(held, Exponential.LOG2_E, Exponential.ROUNDER);
    float q = expm1Reduced(reduce(held, shifted - Exponential.ROUNDER));
    float s = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + Exponential.ONE_BITS);
    return 1f / Math.fma(s, q, s + 1f);
  }

  /**
   * The tanh of the fused cell: {@code -d / (2 + d)} with {@code d = e^-2x - 1}, exact near zero
   * but for zero's sign.
   */
  static float gateTanh(float x) {
    float held = hold(x * -2f);
    float shifted = Math.fma(held, Exponential.LOG2_E, Exponential.ROUNDER);
    float q = expm1Reduced(reduce(held, shifted - Exponential.ROUNDER));
    float s = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + Exponential.ONE_BITS);
    float d = Math.fma(s, q, s - 1f);
    return -d / (d + 2f);
  }

  /** {@code x / (1 + |x|)}: largest error 1.5 ULP. */
  static float softsign(float x) {
    float held =
        x > Float.MAX_VALUE ? Float.MAX_VALUE : x < -Float.MAX_VALUE ? -Float.MAX_VALUE : x;
    return held / (1f + Math.abs(held));
  }

  /** {@code e^x - 1} for x of 0 or less: largest error 3 ULP; keeps the sign of zero. */
  static float expm1(float x) {
    float held = x < -Exponential.GATE_LIMIT ? -Exponential.GATE_LIMIT : x;
    float shifted = Math.fma(held, Exponential.LOG2_E, Exponential.ROUNDER);
    float q = expm1Reduced(reduce(held, shifted - Exponential.ROUNDER));
    float s = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + Exponential.ONE_BITS);
    return Math.fma(s, q, s - 1f);
  }

  private static float hold(float x) {
    return x > Exponential.GATE_LIMIT
        ? Exponential.GATE_LIMIT
        : x < -Exponential.GATE_LIMIT ? -Exponential.GATE_LIMIT : x;
  }

  private static float reduce(float x, float n) {
    return Math.fma(n, -Exponential.LN2_LOW, Math.fma(n, -Exponential.LN2_HIGH, x));
  }

  private static float expm1Reduced(float r) {
    float p = Math.fma(Exponential.P0, r, Exponential.P1);
    p = Math.fma(p, r, Exponential.P2);
    p = Math.fma(p, r, Exponential.P3);
    p = Math.fma(p, r, Exponential.P4);
    p = Math.fma(p, r, Exponential.P5);
    return Math.fma(p, r * r, r);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n << 23) + Exponential.ONE_BITS);
  }
}
