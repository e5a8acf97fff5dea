package dev.lanewise.kernels.contract;

/**
 * The constants of the exponential, one set for the scalar and the vector kernels.
 *
 * <p>{@code e^x = 2^n * e^r} with {@code n = round(x / ln 2)} and {@code r = x - n * ln 2} in two
 * fused steps (Cody and Waite, 1980). {@code e^r = 1 + r + r^2 * p(r)} with the polynomial of
 * Cephes' expf (Moshier, 1992).
 */
public final class Exponential {

  public static final float LOG2_E = 1.442695f;

  /** ln 2 rounded to float: {@code n * LN2_HIGH} cancels exactly in a fused step. */
  public static final float LN2_HIGH = 0.6931472f;

  /** What the rounding left of ln 2. */
  public static final float LN2_LOW = -1.9046542e-9f;

  /** 1.5 * 2^23: adding it leaves the nearest integer in the low bits of the sum. */
  public static final float ROUNDER = 12582912f;

  public static final int ROUNDER_BITS = 0x4B400000;

  /** The bits of 1, whose exponent field is the bias. */
  public static final int ONE_BITS = 0x3F800000;

  /** Beyond this the gates' exponentials are held, so that 2^n stays a normal number. */
  public static final float GATE_LIMIT = 87f;

  /** Below this e^x has rounded to 0. */
  public static final float LOW = -104f;

  /** Below this {@code x * e^x} has rounded to 0. */
  public static final float FAR_LOW = -120f;

  /** Above this e^x has overflowed. */
  public static final float HIGH = 88.8f;

  /** p(r), from the highest power down. */
  public static final float P0 = 1.9875691e-4f;

  public static final float P1 = 0.0013981999f;
  public static final float P2 = 0.008333452f;
  public static final float P3 = 0.041665796f;
  public static final float P4 = 0.16666666f;
  public static final float P5 = 0.5f;

  private Exponential() {}
}
