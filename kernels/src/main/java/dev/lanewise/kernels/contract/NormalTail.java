package dev.lanewise.kernels.contract;

/**
 * The constants of the normal distribution's tail, one set for the scalar and the vector kernels.
 *
 * <p>{@code Phi(-a) = e^(-a^2 / 2) * u * q(u)} with {@code u = 1 / (1 + SCALE * a)}, after Hastings
 * (1955). The polynomial is minimax for a from 0 to 14.9, its coefficients rounded one after the
 * other: largest relative error 3.4e-8.
 */
public final class NormalTail {

  /** Above this {@code a * Phi(-a)} has rounded to 0. */
  public static final float LIMIT = 15f;

  public static final float SCALE = 0.35f;

  /** {@code phi(0) = 1 / sqrt(2 pi)}. */
  public static final float DENSITY = 0.3989423f;

  /** q(u), from the lowest power up. */
  public static final float Q0 = 0.13962126f;

  public static final float Q1 = 0.13986431f;
  public static final float Q2 = 0.11981561f;
  public static final float Q3 = 0.10557455f;
  public static final float Q4 = -0.023263648f;
  public static final float Q5 = 0.15939318f;
  public static final float Q6 = -0.25590247f;
  public static final float Q7 = 0.14406122f;
  public static final float Q8 = -0.029164024f;

  private NormalTail() {}
}
