package dev.lanewise.kernels;

/** The standard normal distribution in double. */
final class NormalDistribution {

  private NormalDistribution() {}

  static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * {@code Phi(x)}: near 0 its series of positive terms, {@code phi(x) * (x + x^3 / 3 + x^5 / 15 +
   * ...)} beyond 1/2; below -3 Laplace's continued fraction, so that the tail keeps its digits.
   */
  static double below(double x) {
    if (x < -3) {
      return tail(-x);
    } else if (x > 3) {
      return 1 - tail(x);
    }
    double term = x;
    double sum = x;
    for (int i = 3; Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }

  /** {@code Phi(-a) = phi(a) / (a + 1 / (a + 2 / (a + 3 / ...)))}. */
  private static double tail(double a) {
    if (a > 40) {
      return 0;
    }
    double fraction = a;
    for (int i = 300; i > 0; i--) {
      fraction = a + i / fraction;
    }
    return density(a) / fraction;
  }
}
