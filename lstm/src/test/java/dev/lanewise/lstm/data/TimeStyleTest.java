package dev.lanewise.lstm.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeStyleTest {
  @ParameterizedTest
  @CsvSource({
    "YEAR, 2020-12-31T23:05:00Z, 2020",
    "MONTH, 2020-12-31T23:05:00Z, 2020-12",
    "DATE, 2020-12-31T23:05:00Z, 2020-12-31",
    "DATE_TIME, 2020-12-31T23:05:00Z, 2020-12-31T23:05",
    "DATE_TIME, 2020-12-31T00:00:00Z, 2020-12-31T00:00",
    "DATE_TIME, 2020-12-31T23:05:09Z, 2020-12-31T23:05:09",
    "DATE_TIME, 2020-12-31T23:05:00.120Z, 2020-12-31T23:05:00.120",
    "INSTANT, 2020-12-31T23:05:00Z, 2020-12-31T23:05Z",
    "INSTANT, 1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
    "CLOCK, 1970-01-09T18:00:00Z, 18:00",
    "CLOCK, 1969-12-31T18:00:05Z, 18:00:05",
    "YEAR, 0987-01-01T00:00:00Z, 987",
    "DATE, 0987-01-01T00:00:00Z, 0987-01-01",
  })
  void writesWhatIsKnown(TimeStyle style, Instant time, String text) {
    assertEquals(text, style.format(time.toEpochMilli()));
  }
}
