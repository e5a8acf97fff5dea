package dev.lanewise.kernels.contract;

/**
 * The constants of the fused cell's sigmoid and tanh, one set for the scalar and the vector
 * kernels.
 *
 * <p>Both rest on {@code e^x = 2^n * 2^r} with {@code n = round(x / ln 2)} and {@code r = x / ln 2
 * - n}, fused and in one step. What one float misses of {@code 1 / ln 2} grows with x, and both
 * functions saturate before it counts. The polynomials are minimax over {@code |r| <= 0.5}, their
 * coefficients rounded one after the other.
 */
public final class Gate {

  /** {@code e^-z} as a power of two. */
  public static final float SIGMOID_SCALE = -1.442695f;

  /** {@code e^2z} as a power of two. */
  public static final float TANH_SCALE = 2.88539f;

  /**
   * 1.5 * 2^23 + 127: adding it leaves the nearest integer and the bias of an exponent in the low
   * bits of the sum. Shifting them up gives 2^n.
   */
  public static final float ROUNDER = 12583039f;

  /** The bits of {@link #ROUNDER} + 127, whose 2^n is the largest. */
  public static final int HIGHEST_BITS = 0x4B4000FE;

  /** Above this both functions are put at 1, and below its negative tanh at -1. */
  public static final float LIMIT = 32f;

  /** {@code 2^r = 1 + r * (S1 + r * (S2 + ...))}: largest relative error 9.4e-8. */
  public static final float S1 = 0.693147f;

  public static final float S2 = 0.24022247f;
  public static final float S3 = 0.055507112f;
  public static final float S4 = 0.009671294f;
  public static final float S5 = 0.0013269406f;

  /** {@code 2^r - 1 = r * (T1 + r * (T2 + ...))}: largest relative error 1.3e-8. */
  public static final float T1 = 0.6931472f;

  public static final float T2 = 0.24022649f;
  public static final float T3 = 0.055503674f;
  public static final float T4 = 0.009618311f;
  public static final float T5 = 0.0013387377f;
  public static final float T6 = 1.5382233e-4f;

  private Gate() {}
}
