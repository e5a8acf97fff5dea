package dev.lanewise.kernels.contract;

/**
 * The constants of the tanh approximation of gelu (Hendrycks and Gimpel, 2016), one set for the
 * scalar and the vector kernels.
 *
 * <p>{@code w = x * (C1 + C3 * x^2)} with {@code C1 = 2 * sqrt(2 / pi)} and {@code C3 = 0.044715 *
 * C1}. The rests are what rounding left of both.
 */
public final class GeluTanh {

  /** Beyond this {@code x * e^-w} has rounded to 0. */
  public static final float LIMIT = 11.5f;

  /** A multiple of 2^-20, so that {@code C1 - C1 - C3 * x^2} is exact up to the limit. */
  public static final float C1 = 1.5957689f;

  public static final float C1_REST = 1.930779e-7f;
  public static final float C3 = 0.071354814f;
  public static final float C3_REST = 2.3988325e-9f;

  private GeluTanh() {}
}
