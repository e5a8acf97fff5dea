package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.TimeTables.column;
import static dev.lanewise.formats.TimeTables.columns;
import static dev.lanewise.formats.TimeTables.shown;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.data.TimeStyle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times of columns that are named. */
class RowTimesTest {
  private static final Path TABLE = Path.of("table");

  private static RowTimes named(CsvTable table) {
    return RowTimes.of(table, table.columns());
  }

  @ParameterizedTest
  @CsvSource({
    "1577836800, 2020-01-01T00:00Z, epoch seconds",
    "1577836800.0, 2020-01-01T00:00Z, epoch seconds",
    "1577836800123, 2020-01-01T00:00:00.123Z, epoch milliseconds",
    "1577836800123456, 2020-01-01T00:00:00.123Z, epoch microseconds",
    "1577836800123456789, 2020-01-01T00:00:00.123Z, epoch nanoseconds",
    "20201231, 2020-12-31, yyyyMMdd",
    "202012, 2020-12, yyyyMM",
    "2020123123, 2020-12-31T23:00, yyyyMMddHH",
    "202012312305, 2020-12-31T23:05, yyyyMMddHHmm",
    "20201231230509, 2020-12-31T23:05:09, yyyyMMddHHmmss",
    "2020, 2020, year",
    "2020.5, 2020-07, decimal years",
  })
  void readsNumbersOfAColumnThatIsNamed(String cell, String time, String format) {
    RowTimes times = named(column("x", cell));
    assertEquals(List.of(time), shown(times));
    assertEquals(format, times.format());
  }

  @Test
  void putsPartsTogetherByTheirNames() {
    RowTimes times =
        named(columns("hour|0|1", "day|31|31", "Month|12|12", "year|2020|2020", "minute|5|6"));
    assertEquals(List.of("2020-12-31T00:05", "2020-12-31T01:06"), shown(times));
    assertEquals("year, Month, day, hour, minute", times.format());
    assertEquals(List.of("hour", "day", "Month", "year", "minute"), times.columns());
  }

  @Test
  void putsPartsTogetherByTheirOrderWhereTheNamesSayNothing() {
    assertEquals(
        List.of("2020-12-30", "2020-12-31"),
        shown(named(columns("a|2020|2020", "b|12|12", "c|30|31"))));
    assertEquals(
        List.of("2020-11", "2020-12"), shown(named(columns("a|2020|2020", "b|Nov|December"))));
  }

  @Test
  void putsADateAndATimeOfDayTogether() {
    RowTimes times = named(columns("d|26/10/2012|27/10/2012", "t|18.30|6.15"));
    assertEquals(List.of("2012-10-26T18:30", "2012-10-27T06:15"), shown(times));
    assertEquals("dd/MM/yyyy and HH.mm", times.format());
    assertEquals(TimeStyle.DATE_TIME, times.style());
    assertEquals(
        List.of("2012-10-26T18:30", "2012-10-27T06:15"),
        shown(named(columns("t|18:30|06:15", "d|20121026|20121027"))));
    assertEquals(
        List.of("2012-10-26T18:30"),
        shown(named(columns("year|2012", "month|10", "day|26", "clock|18:30"))));
  }

  @Test
  void putsADateAndAnHourTogether() {
    RowTimes times = named(columns("d|2012-10-26|2012-10-26", "h|1|24"));
    assertEquals(List.of("2012-10-26T01:00", "2012-10-27T00:00"), shown(times));
    assertEquals("ISO and hour", times.format());
    RowTimes minutes = named(columns("d|2012-10-26|2012-10-26", "hr|1|2", "m|0|59"));
    assertEquals(List.of("2012-10-26T01:00", "2012-10-26T02:59"), shown(minutes));
    assertEquals("ISO, hour and minute", minutes.format());
  }

  @Test
  void countsTheDaysOfTimesOfDay() {
    RowTimes times =
        named(
            column(
                "Time",
                "18.00.00",
                "23.00.00",
                "00.00.00",
                "00.00.00",
                "x",
                "18.00.00",
                "17.00.00",
                "18.00.00",
                "19.00.00",
                "20.00.00"));
    assertEquals(TimeStyle.CLOCK, times.style());
    long hour = 3_600_000;
    assertArrayEquals(
        new long[] {
          18 * hour,
          23 * hour,
          24 * hour,
          24 * hour,
          RowTimes.NONE,
          42 * hour,
          65 * hour,
          66 * hour,
          67 * hour,
          68 * hour
        },
        times.millis());
  }

  @Test
  void theArrayOfTimesIsTheCallersOwn() {
    RowTimes times = named(column("d", "2020-01-01"));
    times.millis()[0] = 5;
    assertEquals(List.of("2020-01-01"), shown(times));
    assertTrue(times.firstUnread().isEmpty());
  }

  @Test
  void refusesAColumnOfWhichFewerThanNineInTenCellsAreTimes() {
    CsvTable table = column("when", "2020-01-01", "2020-01-02", "soon", "2020-01-04");
    refused(
        TABLE,
        ", row 4, column \"when\": expected a time in 9 of 10 cells, got \"soon\"; 3 of 4 are, as"
            + " ISO: correct the others, name other columns, or say how they are written:"
            + " --time-format dd/MM/yyyy",
        () -> named(table));
  }

  @Test
  void refusesAColumnOfNoTimes() {
    refused(
        TABLE,
        ", row 2, column \"x\": expected a time in 9 of 10 cells, got \"13.5\"; none of the 2 is:"
            + " correct the others, name other columns, or say how they are written: --time-format"
            + " dd/MM/yyyy",
        () -> named(column("x", "13.5", "14")));
  }

  @Test
  void refusesColumnsThatMakeNoTime() {
    refused(
        TABLE,
        ", row 2, columns \"d\", \"x\": expected a time in 9 of 10 cells, got \"2020-01-01 13.5\";"
            + " none of the 1 is: correct the others, name other columns, or say how they are"
            + " written: --time-format dd/MM/yyyy",
        () -> named(columns("d|2020-01-01", "x|13.5")));
  }

  @Test
  void refusesAColumnThatIsNotThere() {
    refused(
        TABLE,
        ": expected a column \"day\", got the columns date, x; did you mean \"date\"?",
        () -> RowTimes.of(columns("date|2020-01-01", "x|1"), List.of("day")));
    refused(
        TABLE,
        ": expected a column of times, got no name of one",
        () -> RowTimes.of(column("x", "1"), List.of()));
    refused(
        TABLE,
        ", column \"x\": expected rows of times, got none",
        () -> RowTimes.of(column("x"), List.of("x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1/2/2020 | dd/MM/yyyy | 2020-02-01 | DATE",
        "01.02.2020 5:07 | dd.MM.yyyy HH:mm | 2020-02-01T05:07 | DATE_TIME",
        "01/02/68 | MM/dd/yy | 2068-01-02 | DATE",
        "01/02/69 | MM/dd/yy | 1969-01-02 | DATE",
        "3 MAY 2020 | d MMM yyyy | 2020-05-03 | DATE",
        "20200102 | yyyyMMdd | 2020-01-02 | DATE",
        "2020 | yyyy | 2020 | YEAR",
        "2020-05 | yyyy-MM | 2020-05 | MONTH",
        "3Q2020 | Q'Q'yyyy | 2020-07 | MONTH",
        "2020-01-02T03:04:05.678+02:00 | yyyy-MM-dd'T'HH:mm:ss.SSSXXX |"
            + " 2020-01-02T01:04:05.678Z | INSTANT",
        "6:05 pm | h:mm a | 18:05 | CLOCK",
        "2020-01-02 24:00 | yyyy-MM-dd HH:mm | 2020-01-03T00:00 | DATE_TIME",
        "2020 dd 05 | yyyy 'dd' MM | 2020-05 | MONTH",
      })
  void readsWhatAPatternSays(String cell, String pattern, String time, TimeStyle style) {
    RowTimes times = RowTimes.of(column("x", cell), List.of("x"), pattern);
    assertEquals(List.of(time), shown(times));
    assertEquals(style, times.style());
    assertEquals(pattern, times.format());
  }

  @Test
  void refusesCellsThatAreWrittenOtherwiseThanThePattern() {
    refused(
        TABLE,
        ", row 3, column \"x\": expected a time as dd/MM/yyyy in 9 of 10 cells, got \"31/02/2020\";"
            + " 1 of 3 are: correct --time-format",
        () ->
            RowTimes.of(
                column("x", "01/02/2020", "31/02/2020", "2020-01-01"), List.of("x"), "dd/MM/yyyy"));
  }

  @Test
  void refusesWhatIsNoPattern() {
    refused(
        TABLE,
        ": expected a pattern of java.time, such as dd/MM/yyyy HH:mm, got \"dd/MM/jjjj\"; Unknown"
            + " pattern letter: j",
        () -> RowTimes.of(column("x", "01/02/2020"), List.of("x"), "dd/MM/jjjj"));
  }
}
