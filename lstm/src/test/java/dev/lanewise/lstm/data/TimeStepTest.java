package dev.lanewise.lstm.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.data.TimeStep.Unit;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeStepTest {
  private static final TimeStep MONTH = new TimeStep(1, Unit.MONTHS);
  private static final TimeStep MONTH_END = new TimeStep(1, Unit.MONTH_ENDS);
  private static final TimeStep HOUR = new TimeStep(3_600_000, Unit.MILLIS);

  private static long at(String time) {
    return LocalDateTime.parse(time.contains("T") ? time : time + "T00:00")
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }

  private static String date(long millis) {
    return TimeStyle.DATE.format(millis);
  }

  private static String found(String times) {
    return TimeStep.find(Arrays.stream(times.split(" ")).mapToLong(TimeStepTest::at).toArray())
        .map(step -> step.amount() + " " + step.unit())
        .orElse("irregular");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01T00:00 2020-01-01T01:00 2020-01-01T02:00, 3600000 MILLIS",
    "2020-01-01 2020-01-02 2020-01-03, 86400000 MILLIS",
    "2020-01-01 2020-01-08, 604800000 MILLIS",
    "2020-01-31 2020-02-01 2020-02-02, 86400000 MILLIS",
    "2020-01-01 2020-02-01, 1 MONTHS",
    "2020-01-15T12:00 2020-02-15T12:00 2020-05-15T12:00, 1 MONTHS",
    "2020-01-15T12:00 2020-02-15T13:00, 2682000000 MILLIS",
    "2020-01-31 2020-02-29 2020-03-31 2020-04-30, 1 MONTH_ENDS",
    "2021-02-28 2021-05-31 2021-08-31, 3 MONTH_ENDS",
    "2020-01-30 2020-02-29 2020-03-30, 1 MONTHS",
    "2020-01-31 2020-02-29 2020-03-30, 2505600000 MILLIS",
    "2020-01-01 2020-04-01 2020-07-01 2020-10-01 2021-01-01, 3 MONTHS",
    "1990-01-01 1991-01-01 1992-01-01 1993-01-01, 12 MONTHS",
    "1969-12-31T23:59:59.999 1970-01-01T00:00 1970-01-01T00:00:00.001, 1 MILLIS",
  })
  void findsTheCommonestDistance(String times, String step) {
    assertEquals(step, found(times));
  }

  @Test
  void fewerThanTwoTimesHaveNoStep() {
    assertEquals(Optional.empty(), TimeStep.find(new long[0]));
    assertEquals(Optional.empty(), TimeStep.find(new long[] {at("2020-01-01")}));
  }

  @Test
  void timesOfWhichFewerThanHalfAreAsFarApartAreIrregular() {
    assertEquals("irregular", found("2020-01-01 2020-01-02 2020-01-04 2020-01-07"));
    assertEquals(
        "86400000 MILLIS", found("2020-01-01 2020-01-02 2020-01-03 2020-01-05 2020-01-08"));
    assertEquals("irregular", found("2020-01-01 2020-02-01 2020-04-01 2020-07-01"));
  }

  @Test
  void timesThatDoNotAscendAreRejected() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> TimeStep.find(new long[] {0, HOUR.amount(), HOUR.amount()}));
    assertEquals(
        "TimeStep.find: times[2]=1970-01-01T01:00 is not after 1970-01-01T01:00: sort the times and"
            + " drop those that repeat",
        e.getMessage());
  }

  @Test
  void stepsThatDoNotGoForwardAreRejected() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new TimeStep(0, Unit.MONTHS));
    assertEquals("TimeStep: amount=0 but a step goes forward: at least 1", e.getMessage());
  }

  @Test
  void monthsAreCountedFromTheSameOrigin() {
    long origin = at("2020-01-31");
    assertEquals("2020-02-29", date(MONTH.plus(origin, 1)));
    assertEquals("2020-03-31", date(MONTH.plus(origin, 2)));
    assertEquals("2019-12-31", date(MONTH.plus(origin, -1)));
    assertEquals("2021-02-28", date(MONTH.plus(origin, 13)));
    assertEquals(at("2020-02-29T18:30"), MONTH.plus(at("2020-01-31T18:30"), 1));
  }

  @Test
  void monthsThatEndStayOnTheLastDay() {
    assertEquals("2021-03-31", date(MONTH_END.plus(at("2021-02-28"), 1)));
    assertEquals("2021-03-28", date(MONTH.plus(at("2021-02-28"), 1)));
    assertTrue(MONTH_END.reaches(at("2021-02-28"), at("2021-05-31")));
    assertFalse(MONTH_END.reaches(at("2021-02-28"), at("2021-05-28")));
  }

  @Test
  void countsWholeStepsRoundedDown() {
    assertEquals(1, MONTH.between(at("2020-01-31"), at("2020-02-29")));
    assertEquals(0, MONTH.between(at("2020-01-31"), at("2020-02-28T23:59")));
    assertEquals(-1, MONTH.between(at("2020-01-31"), at("2020-01-30")));
    assertEquals(-2, MONTH.between(at("2020-03-15"), at("2020-01-15")));
    assertEquals(3, new TimeStep(3, Unit.MONTHS).between(at("2020-01-15"), at("2020-12-31")));
    assertEquals(1, HOUR.between(0, 2 * HOUR.amount() - 1));
    assertEquals(-1, HOUR.between(0, -1));
  }

  @Test
  void reachesWhatIsAWholeNumberOfStepsAway() {
    assertTrue(MONTH.reaches(at("2020-01-31"), at("2020-04-30")));
    assertFalse(MONTH.reaches(at("2020-01-31"), at("2020-04-29")));
    assertFalse(new TimeStep(3, Unit.MONTHS).reaches(at("2020-01-01"), at("2020-03-01")));
    assertTrue(HOUR.reaches(HOUR.amount(), -5 * HOUR.amount()));
    assertFalse(HOUR.reaches(0, 1));
  }

  @Test
  void timesBeyondALongAreAnError() {
    assertThrows(ArithmeticException.class, () -> HOUR.plus(Long.MAX_VALUE, 1));
    assertThrows(ArithmeticException.class, () -> HOUR.plus(0, Long.MAX_VALUE));
    assertThrows(ArithmeticException.class, () -> MONTH.plus(0, Long.MAX_VALUE / 2));
    assertThrows(ArithmeticException.class, () -> MONTH.plus(0, 12L * 300_000_000));
    assertEquals(
        Instant.parse("+200000-01-01T00:00:00Z").toEpochMilli(),
        MONTH.plus(at("2000-01-01"), 12L * 198_000));
  }

  @ParameterizedTest
  @CsvSource({
    "1, MILLIS, 1 millisecond",
    "500, MILLIS, 500 milliseconds",
    "1000, MILLIS, 1 second",
    "90000, MILLIS, 90 seconds",
    "300000, MILLIS, 5 minutes",
    "3600000, MILLIS, 1 hour",
    "86400000, MILLIS, 1 day",
    "604800000, MILLIS, 7 days",
    "1, MONTHS, 1 month",
    "3, MONTH_ENDS, 3 months",
    "12, MONTHS, 1 year",
    "18, MONTHS, 18 months",
    "120, MONTH_ENDS, 10 years",
  })
  void isSaidInWords(long amount, Unit unit, String words) {
    assertEquals(words, new TimeStep(amount, unit).toString());
  }
}
