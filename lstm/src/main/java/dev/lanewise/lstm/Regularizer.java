package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Penalty;

/**
 * Keeps a weight w small: it adds {@code l1 * sum |w| + l2 * sum w^2} to the loss, as Keras's
 * regularizers do. The slope of |w| is 0 where w is 0. Of a layer that is not {@link
 * Layer#trainable} it adds nothing. Immutable.
 *
 * @param l1 the factor of the sum of absolute values, finite and 0 or more
 * @param l2 the factor of the sum of squares, finite and 0 or more
 */
public record Regularizer(double l1, double l2) {

  /** Adds nothing. */
  public static final Regularizer NONE = new Regularizer(0, 0);

  /**
   * Checks the factors.
   *
   * @param l1 the factor of the sum of absolute values
   * @param l2 the factor of the sum of squares
   * @throws IllegalArgumentException when one is negative, NaN or infinite
   */
  public Regularizer {
    Settings.notNegative("Regularizer", "l1", l1);
    Settings.notNegative("Regularizer", "l2", l2);
  }

  /**
   * By the sum of absolute values, which makes weights 0.
   *
   * @param factor finite and 0 or more; Keras's default is 0.01
   * @return the regularizer
   * @throws IllegalArgumentException when it is not
   */
  public static Regularizer l1(double factor) {
    return new Regularizer(factor, 0);
  }

  /**
   * By the sum of squares.
   *
   * @param factor finite and 0 or more; Keras's default is 0.01
   * @return the regularizer
   * @throws IllegalArgumentException when it is not
   */
  public static Regularizer l2(double factor) {
    return new Regularizer(0, factor);
  }

  /**
   * The regularizer as a builder's call says it.
   *
   * @return for instance {@code l2(0.01)}, or {@code Regularizer(0.01, 0.02)} of both
   */
  @Override
  public String toString() {
    if (equals(NONE)) {
      return "NONE";
    }
    if (l1 == 0 || l2 == 0) {
      return l1 == 0 ? "l2(" + l2 + ")" : "l1(" + l1 + ")";
    }
    return "Regularizer(" + l1 + ", " + l2 + ")";
  }

  Penalty penalty() {
    return new Penalty(l1, l2);
  }
}
