package dev.lanewise.kernels.contract;

/**
 * The constants of {@code (x + sqrt(x^2 + 4)) / 2}, one set for the scalar and the vector kernels.
 */
public final class Squareplus {

  /** Above this 4 is no part of {@code x^2 + 4} that counts, and the square may overflow. */
  public static final float LIMIT = 16384f;

  private Squareplus() {}
}
