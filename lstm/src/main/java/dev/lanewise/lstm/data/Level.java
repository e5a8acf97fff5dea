package dev.lanewise.lstm.data;

import java.util.List;

/**
 * Whether a network may be shown the level of a target beside its change. Not where the level goes
 * on to where it never was, for there a network has learned nothing.
 */
final class Level {
  /** The latest part of the rows trained on, one in so many. */
  private static final int LATEST = 5;

  /** More of them than one in so many beyond the range before: the level leaves it. */
  private static final int BEYOND = 10;

  private Level() {}

  /** Whether the latest rows trained on lie beyond those before. */
  static boolean leaves(List<Series> series, List<Integer> trained, String target) {
    int beyond = 0;
    int latest = 0;
    for (int i = 0; i < series.size(); i++) {
      double[] y = series.get(i).column(target);
      int rows = trained.get(i);
      int from = rows - rows / LATEST;
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < from; t++) {
        low = Math.min(low, y[t]);
        high = Math.max(high, y[t]);
      }
      for (int t = from; t < rows; t++) {
        beyond += y[t] < low || y[t] > high ? 1 : 0;
        latest++;
      }
    }
    return latest == 0 || beyond * BEYOND > latest;
  }
}
