package dev.lanewise.formats.dates;

import dev.lanewise.lstm.data.TimeStyle;

/** Which numbers and names a written date is made of. */
public enum DateShape {
  /** No date: a time of day. */
  NONE(TimeStyle.CLOCK),
  /** {@code 2020-12-31}, {@code 2020/12/31}, {@code 2020.12.31}. */
  YEAR_MONTH_DAY(TimeStyle.DATE),
  /** {@code 2020-12}, {@code 12/2020}. */
  YEAR_MONTH(TimeStyle.MONTH),
  /** {@code 2020-Q4}, {@code Q4 2020}: its first month. */
  QUARTER(TimeStyle.MONTH),
  /** {@code 31/12/2020} or {@code 12/31/2020}: a day and a month, in an order not yet known. */
  TWO_NUMBERS(TimeStyle.DATE),
  /** {@code 31 December 2020}, {@code Dec 31, 2020}. */
  NAMED_DAY(TimeStyle.DATE),
  /** {@code December 2020}, {@code Dec-20}. */
  NAMED_MONTH(TimeStyle.MONTH);

  private final TimeStyle style;

  DateShape(TimeStyle style) {
    this.style = style;
  }

  /** What is known of a time that is written so, without a time of day. */
  public TimeStyle style() {
    return style;
  }
}
