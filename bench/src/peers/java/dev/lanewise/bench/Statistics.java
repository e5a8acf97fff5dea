package dev.lanewise.bench;

import java.util.Arrays;

/** What a report says of several figures. */
final class Statistics {

  private Statistics() {}

  /** The middle one, or the mean of the middle two; NaN of none. */
  static double median(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
