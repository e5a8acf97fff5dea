package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How far single precision may lie from double: oneDNN's rule, 4 * ceil(log2(steps)) ULP. */
final class Tolerance {

  private Tolerance() {}

  /**
   * For a sum of {@code steps} terms.
   *
   * @param magnitude the sum of the terms' absolute values
   */
  static double forward(long steps, double magnitude) {
    int doublings = Long.SIZE - Long.numberOfLeadingZeros(Math.max(2, steps) - 1);
    return 4.0 * doublings * Math.ulp((float) magnitude);
  }

  static void assertClose(double expected, double actual, double tolerance, String what) {
    assertTrue(
        Math.abs(actual - expected) <= tolerance,
        () ->
            what
                + ": expected "
                + expected
                + " within "
                + tolerance
                + ", got "
                + actual
                + ", off by "
                + Math.abs(actual - expected));
  }

  /** The distance from the exact value in units of the last place of a float there. */
  static double ulps(double exact, float actual) {
    float nearest = (float) exact;
    if (Float.isInfinite(nearest) || Float.isNaN(nearest)) {
      return Float.compare(nearest, actual) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(exact - actual) / Math.ulp(nearest);
  }
}
