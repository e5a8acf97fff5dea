package dev.lanewise.lstm.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarFeatureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "2020-02-29T12:30:00Z",
        "2020-12-31T18:00:00Z",
        "2021-03-01T00:00:00.001Z",
        "1900-01-01T06:00:00Z"
      })
  void agreesWithTheCalendar(String text) {
    Instant instant = Instant.parse(text);
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    long millis = instant.toEpochMilli();
    assertEquals(
        time.get(ChronoField.MILLI_OF_DAY) / 86_400_000.0,
        CalendarFeature.HOUR.turn(millis),
        1e-10);
    assertEquals((time.getDayOfWeek().getValue() - 1) / 7.0, CalendarFeature.WEEKDAY.turn(millis));
    assertEquals(
        (time.getDayOfYear() - 1.0) / time.toLocalDate().lengthOfYear(),
        CalendarFeature.MONTH.turn(millis));
  }

  @Test
  void turnsOnceADayAWeekAndAYear() {
    assertEquals(0.25, CalendarFeature.HOUR.turn(Frames.MONDAY + 6 * Frames.HOUR), 1e-10);
    for (int day = 0; day < 14; day++) {
      assertEquals(day % 7 / 7.0, CalendarFeature.WEEKDAY.turn(Frames.MONDAY + day * Frames.DAY));
    }
    assertEquals(4 / 365.0, CalendarFeature.MONTH.turn(Frames.MONDAY));
  }
}
