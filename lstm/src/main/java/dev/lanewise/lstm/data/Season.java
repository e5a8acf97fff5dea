package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds how many rows a season has. It is the day, week or year that the step of the rows suggests,
 * where changes a season apart are alike.
 */
final class Season {
  private static final int WEEK = 7;
  private static final int TRADING_WEEK = 5;
  private static final int WEEKS_A_YEAR = 52;
  private static final int DAYS_A_YEAR = 365;
  private static final int MONTHS_A_YEAR = 12;

  /** The correlation of changes a season apart from which on it is one. */
  private static final double ALIKE = 0.3;

  /** A longer season has to be better by so much. */
  private static final double BETTER = 0.05;

  private Season() {}

  /**
   * Finds the season of targets.
   *
   * @param trained rows of each series that may be looked at
   * @return 0 for none
   */
  static int find(TimeGrid grid, List<Series> series, List<Integer> trained, String target) {
    int best = 0;
    double most = ALIKE;
    for (int season : candidates(grid)) {
      double alike = alike(series, trained, target, season);
      if (alike >= most) {
        best = season;
        most = alike + BETTER;
      }
    }
    return best;
  }

  /** Ascending, each of 2 rows or more. */
  static List<Integer> candidates(TimeGrid grid) {
    if (grid.step().isEmpty()) {
      return List.of();
    }
    if (grid.spacing() == TimeGrid.Spacing.WEEKDAYS) {
      return List.of(TRADING_WEEK);
    }
    TimeStep step = grid.step().get();
    List<Integer> found = new ArrayList<>();
    if (step.unit() != TimeStep.Unit.MILLIS) {
      add(found, MONTHS_A_YEAR, step.amount());
    } else if (step.amount() < TimeGrid.DAY) {
      add(found, TimeGrid.DAY, step.amount());
      add(found, WEEK * TimeGrid.DAY, step.amount());
    } else if (step.amount() == TimeGrid.DAY) {
      found.add(WEEK);
      found.add(DAYS_A_YEAR);
    } else if (step.amount() == WEEK * TimeGrid.DAY) {
      found.add(WEEKS_A_YEAR);
    }
    return found;
  }

  private static void add(List<Integer> found, long length, long step) {
    if (length % step == 0 && length / step > 1) {
      found.add((int) Math.min(length / step, Integer.MAX_VALUE));
    }
  }

  /** The correlation of changes from row to row with those a season before; 0 for too few. */
  private static double alike(
      List<Series> series, List<Integer> trained, String target, int season) {
    double together = 0;
    double here = 0;
    double there = 0;
    int count = 0;
    for (int i = 0; i < series.size(); i++) {
      Series each = series.get(i);
      double[] y = each.column(target);
      for (int t = season + 1; t < trained.get(i); t++) {
        if (!each.isUnbroken(t - season - 1, t)) {
          continue;
        }
        double now = y[t] - y[t - 1];
        double before = y[t - season] - y[t - season - 1];
        together += now * before;
        here += now * now;
        there += before * before;
        count++;
      }
    }
    return count < season || here == 0 || there == 0 ? 0 : together / Math.sqrt(here * there);
  }
}
