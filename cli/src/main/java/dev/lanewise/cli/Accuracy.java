package dev.lanewise.cli;

import java.util.Locale;

/**
 * Mean absolute errors of a forecast and of the naive one, in the target's units.
 *
 * @param forecast of the model
 * @param naive of repeating the last value
 */
record Accuracy(double forecast, double naive) {

  static Accuracy of(float[] actual, float[] forecast, float[] naive) {
    return new Accuracy(meanAbsoluteError(actual, forecast), meanAbsoluteError(actual, naive));
  }

  private static double meanAbsoluteError(float[] actual, float[] forecast) {
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += Math.abs((double) actual[i] - forecast[i]);
    }
    return sum / actual.length;
  }

  /** How much smaller than the naive error, in percent; negative where it is larger. */
  double percentBetter() {
    return 100 * (1 - forecast / naive);
  }

  @Override
  public String toString() {
    double percent = percentBetter();
    return String.format(
        Locale.ROOT,
        "test mean absolute error %.4f, naive forecast %.4f: %.1f %% %s",
        forecast,
        naive,
        Math.abs(percent),
        percent >= 0 ? "better" : "worse");
  }
}
