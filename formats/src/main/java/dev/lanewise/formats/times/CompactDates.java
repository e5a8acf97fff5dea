package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.List;

/**
 * Dates written as one number without separators, from the year 1800 to 2199; with an hour behind,
 * from 1900.
 */
public enum CompactDates implements NumberTimes.Meaning {
  DAYS("yyyyMMdd", 8, TimeStyle.DATE),
  MONTHS("yyyyMM", 6, TimeStyle.MONTH),
  HOURS("yyyyMMddHH", 10, TimeStyle.DATE_TIME),
  MINUTES("yyyyMMddHHmm", 12, TimeStyle.DATE_TIME),
  SECONDS("yyyyMMddHHmmss", 14, TimeStyle.DATE_TIME);

  static final List<CompactDates> ALL = List.of(values());
  private static final int FIRST_YEAR = 1800;

  /** 1801010100 is a day of 2027 in epoch seconds. */
  private static final int FIRST_YEAR_OF_HOURS = 1900;

  private static final int LAST_YEAR = 2199;

  private final String format;
  private final long least;
  private final int digits;
  private final TimeStyle style;

  CompactDates(String format, int digits, TimeStyle style) {
    this.format = format;
    this.digits = digits;
    this.style = style;
    long power = 1;
    for (int i = 1; i < digits; i++) {
      power *= 10;
    }
    least = power;
  }

  @Override
  public long millis(long number) {
    if (number < least || number / 10 >= least) {
      return TimeCell.NONE;
    }
    long rest = number;
    long second = digits < 14 ? 0 : rest % 100;
    rest = digits < 14 ? rest : rest / 100;
    long minute = digits < 12 ? 0 : rest % 100;
    rest = digits < 12 ? rest : rest / 100;
    long hour = digits < 10 ? 0 : rest % 100;
    rest = digits < 10 ? rest : rest / 100;
    long day = digits < 8 ? 1 : rest % 100;
    rest = digits < 8 ? rest : rest / 100;
    long year = rest / 100;
    int first = digits == 10 ? FIRST_YEAR_OF_HOURS : FIRST_YEAR;
    if (year < first || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) {
      return TimeCell.NONE;
    }
    long midnight = TimeCell.midnight((int) year, (int) (rest % 100), (int) day);
    return midnight == TimeCell.NONE
        ? TimeCell.NONE
        : midnight + (hour * 60 + minute) * TimeCell.MINUTE + second * 1000;
  }

  @Override
  public TimeStyle style() {
    return style;
  }

  @Override
  public String format() {
    return format;
  }
}
