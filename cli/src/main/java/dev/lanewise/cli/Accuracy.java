package dev.lanewise.cli;

import java.util.Locale;

/**
 * Mean absolute errors of a forecast and of the naive one, in the target's units.
 *
 * @param forecast of the model
 * @param naive of repeating the last value
 */
record Accuracy(double forecast, double naive) {
  /** Smaller errors would lose their digits after four places, larger ones have too many. */
  private static final double SMALL = 0.001;

  private static final double LARGE = 1e15;

  static Accuracy of(double[] actual, double[] forecast, double[] naive) {
    return new Accuracy(meanAbsoluteError(actual, forecast), meanAbsoluteError(actual, naive));
  }

  private static double meanAbsoluteError(double[] actual, double[] forecast) {
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += Math.abs(actual[i] - forecast[i]) / actual.length;
    }
    return sum;
  }

  /** Both errors, and how much smaller than the naive one the forecast's is, in percent. */
  @Override
  public String toString() {
    String both =
        "test mean absolute error " + text(forecast) + ", naive forecast " + text(naive) + ": ";
    if (naive == 0) {
      return both + "the target does not change in the rows held back";
    }
    double percent = 100 * (1 - forecast / naive);
    return both
        + String.format(
            Locale.ROOT, "%.1f %% %s", Math.abs(percent), percent >= 0 ? "better" : "worse");
  }

  private static String text(double error) {
    boolean plain = error == 0 || (error >= SMALL && error < LARGE);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", error);
  }
}
