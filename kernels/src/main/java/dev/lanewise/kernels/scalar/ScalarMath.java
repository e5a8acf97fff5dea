package dev.lanewise.kernels.scalar;

/**
 * The elementary functions, one float at a time, by the same operations in the same order as their
 * vector twins, so that both give the same bits.
 *
 * <p>{@code e^x = 2^n * e^r} with {@code n = round(x / ln 2)} and {@code r = x - n * ln 2} in two
 * fused steps (Cody and Waite, 1980); the polynomial is Cephes' expf (Moshier, 1992).
 */
final class ScalarMath {

  static final float LOG2_E = 1.44269504f;

  /**
   * ln 2 rounded to float, and what is left of it: {@code n * LN2_HIGH} cancels exactly in a fused
   * step.
   */
  static final float LN2_HIGH = 0.693147182f;

  static final float LN2_LOW = -1.90465421e-9f;

  /** 1.5 * 2^23: adding it leaves the nearest integer in the low bits of the sum. */
  static final float ROUNDER = 12582912f;

  static final int ROUNDER_BITS = 0x4B400000;
  static final int ONE_BITS = 0x3F800000;

  /** Beyond this the gates' exponentials are held, so that 2^n stays a normal number. */
  static final float GATE_LIMIT = 87f;

  /** Where e^x has rounded to 0, and where it has overflowed. */
  static final float EXP_LOW = -104f;

  static final float EXP_HIGH = 88.8f;

  static final float P0 = 1.9875691500e-4f;
  static final float P1 = 1.3981999507e-3f;
  static final float P2 = 8.3334519073e-3f;
  static final float P3 = 4.1665795894e-2f;
  static final float P4 = 1.6666665459e-1f;
  static final float P5 = 5.0000001201e-1f;

  private ScalarMath() {}

  /**
   * {@code e^x} over the whole range: largest error 1 ULP, denormals included; 0, infinity and NaN
   * where they belong.
   */
  static float exp(float x) {
    float held = x > EXP_HIGH ? EXP_HIGH : x < EXP_LOW ? EXP_LOW : x;
    float shifted = Math.fma(held, LOG2_E, ROUNDER);
    int n = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
    int half = n >> 1;
    float p = expm1Reduced(reduce(held, shifted - ROUNDER)) + 1f;
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
    float shifted = Math.fma(held, LOG2_E, ROUNDER);
    float q = expm1Reduced(reduce(held, shifted - ROUNDER));
    float s = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE_BITS);
    return 1f / Math.fma(s, q, s + 1f);
  }

  /**
   * The tanh of the fused cell: {@code -d / (2 + d)} with {@code d = e^-2x - 1}, exact near zero
   * but for zero's sign.
   */
  static float gateTanh(float x) {
    float held = hold(x * -2f);
    float shifted = Math.fma(held, LOG2_E, ROUNDER);
    float q = expm1Reduced(reduce(held, shifted - ROUNDER));
    float s = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + ONE_BITS);
    float d = Math.fma(s, q, s - 1f);
    return -d / (d + 2f);
  }

  private static float hold(float x) {
    return x > GATE_LIMIT ? GATE_LIMIT : x < -GATE_LIMIT ? -GATE_LIMIT : x;
  }

  private static float reduce(float x, float n) {
    return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
  }

  private static float expm1Reduced(float r) {
    float p = Math.fma(P0, r, P1);
    p = Math.fma(p, r, P2);
    p = Math.fma(p, r, P3);
    p = Math.fma(p, r, P4);
    p = Math.fma(p, r, P5);
    return Math.fma(p, r * r, r);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n << 23) + ONE_BITS);
  }
}
