package dev.lanewise.lstm.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds how rows follow one another, by the series that has most. */
final class GridFinder {
  private static final int WEEK = 7;

  private GridFinder() {}

  /**
   * Finds the grid.
   *
   * @param series of each the rows, in the order of time, each time once
   */
  static TimeGrid find(Frame frame, List<int[]> series) {
    Optional<TimeStyle> style = frame.style();
    if (style.isEmpty() || series.isEmpty()) {
      return TimeGrid.NONE;
    }
    int[] longest = series.stream().max(Comparator.comparingInt(rows -> rows.length)).orElseThrow();
    long[] times = Arrays.stream(longest).mapToLong(frame::time).toArray();
    Optional<TimeStep> step = TimeStep.find(times);
    if (step.isPresent() && isTrading(frame, series, times, step.get())) {
      return new TimeGrid(TimeGrid.Spacing.WEEKDAYS, step, style);
    }
    if (step.isPresent() && isEven(frame, series, step.get())) {
      return new TimeGrid(TimeGrid.Spacing.EVEN, step, style);
    }
    return new TimeGrid(TimeGrid.Spacing.ROWS, Optional.empty(), style);
  }

  /** Days of which none is at a weekend in any series, over a week or more. */
  private static boolean isTrading(Frame frame, List<int[]> series, long[] times, TimeStep step) {
    boolean daily = step.equals(new TimeStep(TimeGrid.DAY, TimeStep.Unit.MILLIS));
    return daily
        && times[times.length - 1] - times[0] >= WEEK * TimeGrid.DAY
        && series.stream().allMatch(rows -> isDaysOfTrade(frame, rows));
  }

  private static boolean isDaysOfTrade(Frame frame, int[] rows) {
    for (int i = 0; i < rows.length; i++) {
      long time = frame.time(rows[i]);
      boolean sameDay = i > 0 && time - frame.time(rows[i - 1]) < TimeGrid.DAY;
      if (sameDay || TimeGrid.isWeekend(time)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEven(Frame frame, List<int[]> series, TimeStep step) {
    for (int[] rows : series) {
      long first = frame.time(rows[0]);
      for (int row : rows) {
        if (!step.reaches(first, frame.time(row))) {
          return false;
        }
      }
    }
    return true;
  }
}
