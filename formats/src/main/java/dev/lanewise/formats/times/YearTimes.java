package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.List;

/** Years of four digits. */
enum YearTimes implements NumberTimes.Meaning {
  YEARS;

  static final List<YearTimes> ALL = List.of(values());
  private static final int FIRST = 1000;
  private static final int LAST = 2999;

  @Override
  public long millis(long number) {
    return number < FIRST || number > LAST ? TimeCell.NONE : TimeCell.midnight((int) number, 1, 1);
  }

  @Override
  public TimeStyle style() {
    return TimeStyle.YEAR;
  }

  @Override
  public String format() {
    return "year";
  }
}
