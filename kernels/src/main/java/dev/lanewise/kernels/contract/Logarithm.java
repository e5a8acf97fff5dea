package dev.lanewise.kernels.contract;

/**
 * The constants of {@code ln(1 + e)} for e from 0 to 1, one set for the scalar and the vector
 * kernels.
 *
 * <p>{@code ln(1 + e) = 2 artanh(d / 2) = d + d^3 * c(d^2)} with {@code d = 2 e / (2 + e)}. The
 * polynomial is minimax over {@code d <= 2 / 3}, its coefficients rounded one after the other:
 * largest relative error of the whole 4.5e-9.
 */
public final class Logarithm {

  /** c(w), from the lowest power up. */
  public static final float C0 = 0.08333302f;

  public static final float C1 = 0.012506699f;
  public static final float C2 = 0.002187736f;
  public static final float C3 = 5.4700807e-4f;

  private Logarithm() {}
}
