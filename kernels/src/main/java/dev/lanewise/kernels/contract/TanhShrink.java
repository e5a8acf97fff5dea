package dev.lanewise.kernels.contract;

/**
 * The constants of {@code x - tanh(x)} near 0, one set for the scalar and the vector kernels.
 *
 * <p>{@code x - tanh(x) = x^3 * c(x^2)} between -1 and 1. The polynomial is minimax there, its
 * coefficients rounded one after the other: largest relative error 3e-8.
 */
public final class TanhShrink {

  /** c(u), from the lowest power up. */
  public static final float C0 = 0.33333334f;

  public static final float C1 = -0.13333412f;
  public static final float C2 = 0.053978212f;
  public static final float C3 = -0.021912793f;
  public static final float C4 = 0.008924069f;
  public static final float C5 = -0.0035255288f;
  public static final float C6 = 0.001147774f;
  public static final float C7 = -2.0512418e-4f;

  private TanhShrink() {}
}
