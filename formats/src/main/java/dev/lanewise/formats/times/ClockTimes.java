package dev.lanewise.formats.times;

import dev.lanewise.formats.RowTimes;
import dev.lanewise.formats.dates.TimeCell;
import java.util.Arrays;

/** Times of day without a date: their days are counted on, one whenever the clock goes back. */
final class ClockTimes {
  private static final int MOST_STEPS = 2;

  private ClockTimes() {}

  /**
   * Counts the days of times of day, from 0.
   *
   * @param clocks milliseconds of the day, or {@link RowTimes#NONE}, in the order of the rows
   * @return milliseconds since the first midnight
   */
  static long[] counted(long[] clocks) {
    long[] millis = clocks.clone();
    long days = 0;
    long before = TimeCell.NONE;
    for (int row = 0; row < millis.length; row++) {
      if (clocks[row] != TimeCell.NONE) {
        days += clocks[row] < before ? TimeCell.DAY : 0;
        before = clocks[row];
        millis[row] += days;
      }
    }
    return millis;
  }

  /** Whether the clock runs: half of its steps or more are one and the same, and not none. */
  static boolean run(long[] clocks) {
    long[] steps = new long[clocks.length];
    int count = 0;
    long before = TimeCell.NONE;
    for (long clock : clocks) {
      if (clock != TimeCell.NONE) {
        if (before != TimeCell.NONE) {
          steps[count++] = Math.floorMod(clock - before, TimeCell.DAY);
        }
        before = clock;
      }
    }
    steps = Arrays.copyOf(steps, count);
    Arrays.sort(steps);
    int begin = 0;
    int most = 0;
    for (int i = 0; i < count; i++) {
      begin = steps[i] == steps[begin] ? begin : i;
      most = steps[i] == 0 ? most : Math.max(most, i - begin + 1);
    }
    return most > 0 && MOST_STEPS * most >= count;
  }
}
