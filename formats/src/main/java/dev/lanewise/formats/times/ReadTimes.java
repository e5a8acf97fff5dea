package dev.lanewise.formats.times;

import dev.lanewise.formats.RowTimes;
import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times that were read from one column or several, whether enough of their cells are times or not.
 */
public final class ReadTimes {
  private static final int MOST_TENTHS = 9;

  private final long[] millis;
  private final int read;
  private final TimeStyle style;
  private final String format;
  private final @Nullable OpenOrder open;

  private ReadTimes(
      long[] millis, int read, TimeStyle style, String format, @Nullable OpenOrder open) {
    this.millis = millis;
    this.read = read;
    this.style = style;
    this.format = format;
    this.open = open;
  }

  public static ReadTimes of(long[] millis, TimeStyle style, String format) {
    int read = 0;
    for (long time : millis) {
      read += time == TimeCell.NONE ? 0 : 1;
    }
    return new ReadTimes(millis, read, style, format, null);
  }

  ReadTimes opened(@Nullable OpenOrder order) {
    return new ReadTimes(millis, read, style, format, order);
  }

  /** Times of day with their days counted. */
  ReadTimes counted() {
    return new ReadTimes(ClockTimes.counted(millis), read, style, format, open);
  }

  /** One a row; {@link RowTimes#NONE} where the cell is no time. Not to be modified. */
  public long[] millis() {
    return millis;
  }

  /** How many of them are times. */
  public int read() {
    return read;
  }

  /** What is known of them. */
  public TimeStyle style() {
    return style;
  }

  /** How they are written, in words. */
  public String format() {
    return format;
  }

  /** The other reading, where the order of day and month is not decided. */
  public @Nullable OpenOrder open() {
    return open;
  }

  /** Whether they are days, be their midnight written or not. */
  boolean areDays() {
    if (style != TimeStyle.DATE_TIME) {
      return style == TimeStyle.DATE;
    }
    for (long time : millis) {
      if (time != TimeCell.NONE && Math.floorMod(time, TimeCell.DAY) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether nine in ten of the cells are times. */
  public boolean suffices() {
    return isMost(read, millis.length);
  }

  /** Whether a part is nine tenths of the whole, or more. */
  static boolean isMost(long part, long whole) {
    return part > 0 && 10 * part >= MOST_TENTHS * whole;
  }

  /** The one of which more cells are times; the first of two that are alike. */
  static Optional<ReadTimes> more(Optional<ReadTimes> one, Optional<ReadTimes> other) {
    return other.isEmpty() || (one.isPresent() && one.get().read() >= other.get().read())
        ? one
        : other;
  }

  /** Some cells from all over a column, at most so many, of those that are not blank. */
  static List<String> sample(List<String> cells, int most) {
    int count = Math.min(cells.size(), most);
    List<String> sample = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String cell = cells.get((int) ((long) i * cells.size() / count));
      if (!cell.isBlank()) {
        sample.add(cell);
      }
    }
    return sample;
  }
}
