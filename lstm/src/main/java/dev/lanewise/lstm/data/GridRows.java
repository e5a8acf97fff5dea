package dev.lanewise.lstm.data;

import java.util.Arrays;

/**
 * The rows of a series with those that the grid lacks between them.
 *
 * @param rows of the frame; -1 for one that it lacks
 * @param times of each; empty where there are none
 * @param breaks whether a gap too long to fill is before a row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GridRows(int[] rows, long[] times, boolean[] breaks) {
  /** Uneven rows so many usual distances apart are not one stretch. */
  private static final int FAR = 30;

  static GridRows of(Frame frame, int[] ordered, TimeGrid grid, int longest, Reading reading) {
    if (!frame.isTimed() || grid.style().isEmpty()) {
      return new GridRows(ordered, new long[0], new boolean[ordered.length]);
    }
    long[] times = Arrays.stream(ordered).mapToLong(frame::time).toArray();
    check(ordered, times, grid);
    return switch (grid.spacing()) {
      case EVEN -> even(ordered, times, grid.step().orElseThrow(), longest, reading);
      case WEEKDAYS -> {
        long usual = TimeGrid.DAY * 7 / 5;
        yield apart(ordered, times, TimeGrid.DAY * Math.max(FAR, longest), usual, reading);
      }
      case ROWS -> {
        long usual = usual(times);
        yield apart(ordered, times, FAR * usual, usual, reading);
      }
    };
  }

  /** Rows off the grid that a model was trained on are none of its steps. */
  private static void check(int[] rows, long[] times, TimeGrid grid) {
    if (grid.step().isEmpty()) {
      return;
    }
    TimeStep step = grid.step().get();
    boolean exact = step.unit() == TimeStep.Unit.MILLIS && grid.spacing() == TimeGrid.Spacing.EVEN;
    for (int i = 1; i < times.length; i++) {
      boolean on =
          exact ? step.reaches(times[i - 1], times[i]) : step.between(times[i - 1], times[i]) >= 1;
      if (!on) {
        throw ForecastErrors.offGrid(rows[i], times[i - 1], times[i], grid);
      }
    }
  }

  private static GridRows even(
      int[] ordered, long[] times, TimeStep step, int longest, Reading reading) {
    Growing grown = new Growing(ordered.length);
    for (int i = 0; i < ordered.length; i++) {
      boolean far = false;
      if (i > 0) {
        long lacking = step.between(times[i - 1], times[i]) - 1;
        far = lacking > longest;
        if (far) {
          reading.gap((int) Math.min(lacking, Integer.MAX_VALUE));
        } else if (lacking > 0) {
          for (int k = 1; k <= lacking; k++) {
            grown.add(-1, step.plus(times[i - 1], k), false);
          }
        }
      }
      grown.add(ordered[i], times[i], far);
    }
    return grown.rows();
  }

  private static GridRows apart(
      int[] ordered, long[] times, long most, long usual, Reading reading) {
    boolean[] breaks = new boolean[ordered.length];
    for (int i = 1; i < ordered.length; i++) {
      breaks[i] = times[i] - times[i - 1] > most;
      if (breaks[i]) {
        reading.gap((int) Math.min((times[i] - times[i - 1]) / usual, Integer.MAX_VALUE));
      }
    }
    return new GridRows(ordered, times, breaks);
  }

  /** The middle one of the distances. */
  private static long usual(long[] times) {
    long[] distances = new long[Math.max(1, times.length - 1)];
    for (int i = 1; i < times.length; i++) {
      distances[i - 1] = times[i] - times[i - 1];
    }
    Arrays.sort(distances);
    return Math.max(1, distances[distances.length / 2]);
  }

  /** Rows that become more. */
  private static final class Growing {
    private int[] rows;
    private long[] times;
    private boolean[] breaks;
    private int count;

    Growing(int size) {
      rows = new int[size];
      times = new long[size];
      breaks = new boolean[size];
    }

    void add(int row, long time, boolean afterBreak) {
      if (count == rows.length) {
        int more = Math.addExact(count, Math.max(16, count / 2));
        rows = Arrays.copyOf(rows, more);
        times = Arrays.copyOf(times, more);
        breaks = Arrays.copyOf(breaks, more);
      }
      rows[count] = row;
      times[count] = time;
      breaks[count++] = afterBreak;
    }

    GridRows rows() {
      return new GridRows(
          Arrays.copyOf(rows, count), Arrays.copyOf(times, count), Arrays.copyOf(breaks, count));
    }
  }
}
