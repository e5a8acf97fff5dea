package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Exponential;
import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.Gate;
import dev.lanewise.kernels.contract.Logarithm;

/**
 * The elementary functions, one float at a time. Their vector twins do the same operations in the
 * same order, so that both give the same bits. {@link Exponential} holds the method.
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
    float shifted = Fma.of(held, Exponential.LOG2_E, Exponential.ROUNDER);
    int n = Float.floatToRawIntBits(shifted) - Exponential.ROUNDER_BITS;
    int half = n >> 1;
    float p = expm1Reduced(reduce(held, shifted - Exponential.ROUNDER)) + 1f;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /**
   * {@code factor * e^(x + rest)} for x from -150 to 0 and a rest of a few millionths. The last
   * operation alone rounds to a denormal.
   */
  static float timesExp(float factor, float x, float rest) {
    float shifted = Fma.of(x, Exponential.LOG2_E, Exponential.ROUNDER);
    int n = Float.floatToRawIntBits(shifted) - Exponential.ROUNDER_BITS;
    int half = n >> 1;
    float p = expm1Reduced(reduce(x, shifted - Exponential.ROUNDER)) + 1f;
    return Fma.of(p, rest, p) * factor * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /** A power of which e^x is 0, and x times that too, for all that are lower. */
  static float heldFar(float x) {
    return x < Exponential.FAR_LOW ? Exponential.FAR_LOW : x;
  }

  /**
   * {@code ln(1 + e)} for e from 0 to 1: largest error 2 ULP. {@link Logarithm} holds the method.
   */
  static float log1p(float e) {
    float d = (e + e) / (e + 2f);
    float w = d * d;
    float c = Fma.of(Logarithm.C3, w, Logarithm.C2);
    c = Fma.of(c, w, Logarithm.C1);
    c = Fma.of(c, w, Logarithm.C0);
    return Fma.of(d * w, c, d);
  }

  /** {@code 1 / (1 + e^-x)} over the whole range: largest error 2.5 ULP. */
  static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x < 0f ? e : 1f) / (1f + e);
  }

  /** {@code tanh(x)} over the whole range: largest error 2.5 ULP; keeps the sign of zero. */
  static float tanh(float x) {
    float d = expm1(Math.abs(x) * -2f);
    return Math.copySign(-d / (d + 2f), x);
  }

  /**
   * The sigmoid of the fused cell, {@code 1 / (1 + e^-z)}. Largest error 1e-7, which is 4 ULP while
   * z is above -5, and 24 at -87. {@link Gate} holds the method.
   *
   * <p>Far below, 2^n is held, and the polynomial goes to infinity with its argument.
   */
  static float gateSigmoid(float z) {
    float shifted = Fma.of(z, Gate.SIGMOID_SCALE, Gate.ROUNDER);
    int bits = Math.min(Float.floatToRawIntBits(shifted), Gate.HIGHEST_BITS);
    float r = Fma.of(z, Gate.SIGMOID_SCALE, Gate.ROUNDER - Float.intBitsToFloat(bits));
    float p = Fma.of(Gate.S5, r, Gate.S4);
    p = Fma.of(p, r, Gate.S3);
    p = Fma.of(p, r, Gate.S2);
    p = Fma.of(p, r, Gate.S1);
    p = Fma.of(p, r, 1f);
    float s = Float.intBitsToFloat(bits << 23);
    return z > Gate.LIMIT ? 1f : 1f / Fma.of(s, p, 1f);
  }

  /**
   * The tanh of the fused cell, {@code d / (d + 2)} with {@code d = e^2z - 1}. Largest error 4 ULP,
   * near zero too, where zero's sign is lost. {@link Gate} holds the method.
   */
  static float gateTanh(float z) {
    float shifted = Fma.of(z, Gate.TANH_SCALE, Gate.ROUNDER);
    float r = Fma.of(z, Gate.TANH_SCALE, Gate.ROUNDER - shifted);
    float p = Fma.of(Gate.T6, r, Gate.T5);
    p = Fma.of(p, r, Gate.T4);
    p = Fma.of(p, r, Gate.T3);
    p = Fma.of(p, r, Gate.T2);
    p = Fma.of(p, r, Gate.T1);
    float s = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
    float d = Fma.of(s * r, p, s - 1f);
    return z > Gate.LIMIT ? 1f : z < -Gate.LIMIT ? -1f : d / (d + 2f);
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
    float shifted = Fma.of(held, Exponential.LOG2_E, Exponential.ROUNDER);
    float q = expm1Reduced(reduce(held, shifted - Exponential.ROUNDER));
    float s = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + Exponential.ONE_BITS);
    return Fma.of(s, q, s - 1f);
  }

  private static float reduce(float x, float n) {
    return Fma.of(n, -Exponential.LN2_LOW, Fma.of(n, -Exponential.LN2_HIGH, x));
  }

  private static float expm1Reduced(float r) {
    float p = Fma.of(Exponential.P0, r, Exponential.P1);
    p = Fma.of(p, r, Exponential.P2);
    p = Fma.of(p, r, Exponential.P3);
    p = Fma.of(p, r, Exponential.P4);
    p = Fma.of(p, r, Exponential.P5);
    return Fma.of(p, r * r, r);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n << 23) + Exponential.ONE_BITS);
  }
}
