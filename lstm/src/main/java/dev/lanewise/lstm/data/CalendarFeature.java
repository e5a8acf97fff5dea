package dev.lanewise.lstm.data;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A place in a circle of the calendar, as a sine and a cosine: of the first step that is forecast,
 * which is known.
 */
public enum CalendarFeature {
  /** The time of day. */
  HOUR,

  /** The day of the week, from Monday. */
  WEEKDAY,

  /** The time of year. */
  MONTH;

  /** What part of the circle has gone, from 0 to 1. */
  double turn(long millis) {
    double days = millis / (double) TimeGrid.DAY;
    return switch (this) {
      case HOUR -> days - Math.floor(days);
      case WEEKDAY -> TimeGrid.dayOfWeek(millis) / (double) TimeGrid.DAYS_A_WEEK;
      case MONTH -> year(millis);
    };
  }

  private static double year(long millis) {
    LocalDate day =
        LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC).toLocalDate();
    return (day.getDayOfYear() - 1) / (double) day.lengthOfYear();
  }
}
