package dev.lanewise.lstm.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.YearMonth;

/**
 * How the times of a table are written: what of them is known.
 *
 * <p>A time is a count of milliseconds since 1970-01-01T00:00, in UTC for {@link #INSTANT} and
 * local, without a zone, for all others. Immutable, so that threads may share it.
 */
public enum TimeStyle {
  /** Years: {@code 2020}. */
  YEAR,
  /** Months: {@code 2020-12}. */
  MONTH,
  /** Days: {@code 2020-12-31}. */
  DATE,
  /** Local times of a day: {@code 2020-12-31T23:05}. */
  DATE_TIME,
  /** Times in UTC: {@code 2020-12-31T23:05Z}. */
  INSTANT,
  /** Times of a day whose date is not known: {@code 18:00}. Days are counted from 1970-01-01. */
  CLOCK;

  static final long SECOND = 1000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  private static final long NANOS = 1_000_000;

  /**
   * Writes a time as ISO 8601 does. Seconds stand only where they, or the milliseconds, are not 0;
   * milliseconds only where they are not 0.
   *
   * @param millis milliseconds since 1970-01-01T00:00
   * @return for instance {@code 2020-12-31T23:05}; what the style does not know is left out
   */
  public String format(long millis) {
    LocalDate date = date(millis);
    LocalTime clock = LocalTime.ofNanoOfDay(Math.floorMod(millis, DAY) * NANOS);
    return switch (this) {
      case YEAR -> Year.from(date).toString();
      case MONTH -> YearMonth.from(date).toString();
      case DATE -> date.toString();
      case DATE_TIME -> LocalDateTime.of(date, clock).toString();
      case INSTANT -> LocalDateTime.of(date, clock) + "Z";
      case CLOCK -> clock.toString();
    };
  }

  /** The day of a time. */
  static LocalDate date(long millis) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
  }
}
