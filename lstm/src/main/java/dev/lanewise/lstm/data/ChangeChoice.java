package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Chooses what of a target is learned, by the rows trained on alone: the base that leaves the least
 * to learn. The logarithm is taken where the changes grow with the level.
 *
 * @param change what is learned
 * @param reason why, in words
 */
record ChangeChoice(Change change, String reason) {
  /** Whether logarithms are learned. */
  enum Logarithm {
    /** Where changes grow with the level. */
    FOUND,
    ASKED,
    NEVER
  }

  /** Blocks of rows whose level and changes are compared. */
  private static final int BLOCK = 12;

  private static final int FEWEST_BLOCKS = 6;
  private static final double GROWN = 2;
  private static final double STEEP = 0.9;
  private static final double CLEAR = 0.8;

  /**
   * A network learns a mild season by itself: one that is subtracted has to leave so many times
   * less to learn. Where its window is shorter than the season, it cannot, and less is asked.
   */
  private static final double SEASON_SEEN = 2.5;

  private static final double SEASON_UNSEEN = 1.5;

  /**
   * Chooses.
   *
   * @param trained rows of each series that may be looked at
   * @param season found, 0 for none
   * @param window rows that the network sees
   * @param first the nearest step that is forecast
   * @param last the farthest
   * @param logarithm whether it is taken
   */
  static ChangeChoice of(
      List<Series> series,
      List<Integer> trained,
      String target,
      int season,
      int window,
      int first,
      int last,
      Logarithm logarithm) {
    OptionalDouble notPositive = notPositive(series, trained, target);
    if (logarithm == Logarithm.ASKED && notPositive.isPresent()) {
      throw ForecastErrors.logarithm(target, notPositive.getAsDouble());
    }
    boolean possible = logarithm == Logarithm.FOUND && notPositive.isEmpty();
    String growth =
        logarithm == Logarithm.ASKED
            ? "its logarithm as asked"
            : possible ? growth(series, trained, target) : "";
    boolean log = !growth.isEmpty();
    List<Change> candidates = new ArrayList<>(List.of(Change.LEVEL, Change.LAST));
    if (season > 1) {
      candidates.add(new Change(false, season, false));
      candidates.add(new Change(true, season, false));
    }
    double harder = window < season ? SEASON_UNSEEN : SEASON_SEEN;
    Change best = log ? Change.LAST.ofLog() : Change.LAST;
    double least = Double.POSITIVE_INFINITY;
    List<String> errors = new ArrayList<>();
    for (Change each : candidates) {
      Change candidate = log ? each.ofLog() : each;
      double error = error(series, trained, target, candidate, first, last);
      if (Double.isNaN(error)) {
        continue;
      }
      errors.add(name(candidate) + " " + ForecastErrors.number(error));
      double weighed = candidate.season() > 0 ? error * harder : error;
      if (weighed < least) {
        least = weighed;
        best = candidate;
      }
    }
    String unit = series.size() > 1 ? " (in changes from row to row, usual in its series)" : "";
    String reason =
        "in the rows trained on each alone is off by" + unit + ": " + String.join(", ", errors);
    return new ChangeChoice(best, log ? reason + "; " + growth : reason);
  }

  private static String name(Change change) {
    if (change.isLevel()) {
      return "mean";
    }
    return change.season() == 0
        ? "last value"
        : change.last()
            ? "last value and season of " + change.season()
            : "season of " + change.season();
  }

  /**
   * The mean absolute error of the base alone, in real units. Of several series it is in the change
   * from row to row that is usual in each, lest the largest decide for all. NaN where no row has
   * one.
   */
  private static double error(
      List<Series> series,
      List<Integer> trained,
      String target,
      Change change,
      int first,
      int last) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < series.size(); i++) {
      Series each = series.get(i);
      int rows = trained.get(i);
      double[] y = each.column(target);
      double unit = series.size() > 1 ? usual(y, rows) : 1;
      if (unit == 0) {
        continue; // never changes
      }
      double[] g = new double[rows];
      double mean = 0;
      for (int t = 0; t < rows; t++) {
        g[t] = change.in(y[t]);
        mean += g[t] / rows;
      }
      for (int t = change.reach(); t + last < rows; t++) {
        if (each.isUnbroken(t - change.reach(), t + last)) {
          for (int h = first; h <= last; h++) {
            double base = change.isLevel() ? mean : change.base(g, t, h);
            sum += Math.abs(y[t + h] - change.out(base)) / unit;
            count++;
          }
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** The mean change from row to row. */
  private static double usual(double[] y, int rows) {
    double sum = 0;
    for (int t = 1; t < rows; t++) {
      sum += Math.abs(y[t] - y[t - 1]) / (rows - 1);
    }
    return sum;
  }

  /** A number of the rows trained on that has no logarithm. */
  static OptionalDouble notPositive(List<Series> series, List<Integer> trained, String target) {
    for (int i = 0; i < series.size(); i++) {
      double[] y = series.get(i).column(target);
      for (int t = 0; t < trained.get(i); t++) {
        if (!(y[t] > 0)) {
          return OptionalDouble.of(y[t]);
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** Why the logarithm is taken; empty where it is not. */
  private static String growth(List<Series> series, List<Integer> trained, String target) {
    List<double[]> blocks = new ArrayList<>(); // logarithms of level and of change
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (int i = 0; i < series.size(); i++) {
      double[] y = series.get(i).column(target);
      int size = Math.max(BLOCK, trained.get(i) / 50);
      for (int from = 1; from + size <= trained.get(i); from += size) {
        double level = 0;
        double change = 0;
        for (int t = from; t < from + size; t++) {
          level += y[t] / size;
          change += Math.abs(y[t] - y[t - 1]) / size;
        }
        lowest = Math.min(lowest, level);
        highest = Math.max(highest, level);
        if (change > 0) {
          blocks.add(new double[] {StrictMath.log(level), StrictMath.log(change)});
        }
      }
    }
    if (blocks.size() < FEWEST_BLOCKS || highest < GROWN * lowest) {
      return "";
    }
    double[] line = line(blocks);
    return line[0] >= STEEP && line[1] >= CLEAR
        ? String.format(
            Locale.ROOT,
            "a level twice as high changes %.1f times as much",
            StrictMath.pow(2, line[0]))
        : "";
  }

  /** Slope and correlation. */
  private static double[] line(List<double[]> points) {
    double x = points.stream().mapToDouble(p -> p[0]).average().orElse(0);
    double y = points.stream().mapToDouble(p -> p[1]).average().orElse(0);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (double[] p : points) {
      xx += (p[0] - x) * (p[0] - x);
      xy += (p[0] - x) * (p[1] - y);
      yy += (p[1] - y) * (p[1] - y);
    }
    return xx == 0 || yy == 0
        ? new double[] {0, 0}
        : new double[] {xy / xx, xy / Math.sqrt(xx * yy)};
  }
}
