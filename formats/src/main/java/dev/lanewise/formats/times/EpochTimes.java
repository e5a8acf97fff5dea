package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.List;

/**
 * Counts since 1970-01-01T00:00Z, from the year 1980 to 2100: in that range the units cannot be
 * taken for one another.
 */
enum EpochTimes implements NumberTimes.Meaning {
  SECONDS("epoch seconds", 1000, 1),
  MILLISECONDS("epoch milliseconds", 1, 1),
  MICROSECONDS("epoch microseconds", 1, 1000),
  NANOSECONDS("epoch nanoseconds", 1, 1_000_000);

  static final List<EpochTimes> ALL = List.of(values());
  private static final long YEAR_1980 = 315_532_800_000L;
  private static final long YEAR_2100 = 4_102_444_800_000L;

  private final String format;
  private final long factor;
  private final long divisor;

  EpochTimes(String format, long factor, long divisor) {
    this.format = format;
    this.factor = factor;
    this.divisor = divisor;
  }

  @Override
  public long millis(long number) {
    if (number / divisor > YEAR_2100 / factor) {
      return TimeCell.NONE;
    }
    long millis = number / divisor * factor;
    return millis >= YEAR_1980 && millis < YEAR_2100 ? millis : TimeCell.NONE;
  }

  @Override
  public TimeStyle style() {
    return TimeStyle.INSTANT;
  }

  @Override
  public String format() {
    return format;
  }
}
