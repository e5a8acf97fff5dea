package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Days of one reading with the times of day of other columns. */
final class JointTimes {
  private static final String HOURS = "H m s";

  private JointTimes() {}

  /** Days and a column of times of day. */
  static ReadTimes withClock(ReadTimes days, ReadTimes clocks) {
    String format = days.format() + " and " + clocks.format();
    return join(days, clocks.millis(), format, clocks.format());
  }

  /**
   * Days and columns of an hour, and where there are more of a minute and a second.
   *
   * @param cells the columns of these parts, in that order
   */
  static ReadTimes withHours(ReadTimes days, List<List<String>> cells) {
    List<DatePart> parts = DatePart.OF_DAY;
    long[] clocks = new long[days.millis().length];
    int[] numbers = new int[parts.size()];
    for (int row = 0; row < clocks.length; row++) {
      Arrays.fill(numbers, 0);
      boolean complete = true;
      for (int i = 0; i < cells.size(); i++) {
        numbers[i] = parts.get(i).parse(cells.get(i).get(row));
        complete &= numbers[i] >= 0;
      }
      clocks[row] = complete ? DateParts.clock(numbers[0], numbers[1], numbers[2]) : TimeCell.NONE;
    }
    StringBuilder format = new StringBuilder(days.format());
    for (int i = 0; i < cells.size(); i++) {
      String name = parts.get(i).name().toLowerCase(Locale.ROOT);
      format.append(i + 1 == cells.size() ? " and " : ", ").append(name);
    }
    return join(days, clocks, format.toString(), HOURS.substring(0, 2 * cells.size() - 1));
  }

  private static ReadTimes join(ReadTimes days, long[] clocks, String format, String pattern) {
    long[] millis = days.millis().clone();
    for (int row = 0; row < millis.length; row++) {
      boolean both = millis[row] != TimeCell.NONE && clocks[row] != TimeCell.NONE;
      millis[row] = both ? millis[row] + clocks[row] : TimeCell.NONE;
    }
    OpenOrder open = days.open();
    return ReadTimes.of(millis, TimeStyle.DATE_TIME, format)
        .opened(open == null ? null : open.with(pattern));
  }
}
