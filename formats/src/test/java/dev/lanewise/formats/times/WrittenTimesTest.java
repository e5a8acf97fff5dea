package dev.lanewise.formats.times;

import static dev.lanewise.formats.TimeTables.column;
import static dev.lanewise.formats.TimeTables.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.RowTimes;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTimesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2012-10-26 | 2012-10-26 | DATE | ISO",
        "2012-1-6 | 2012-01-06 | DATE | yyyy-M-d",
        "2012/10/26 | 2012-10-26 | DATE | yyyy/MM/dd",
        "2012.10.26 | 2012-10-26 | DATE | yyyy.MM.dd",
        "2012-10 | 2012-10 | MONTH | yyyy-MM",
        "2012/10 | 2012-10 | MONTH | yyyy/MM",
        "10/2012 | 2012-10 | MONTH | MM/yyyy",
        "2012M10 | 2012-10 | MONTH | yyyy'M'MM",
        "2012-10-26T18:05 | 2012-10-26T18:05 | DATE_TIME | ISO",
        "2012-10-26 18:05:09 | 2012-10-26T18:05:09 | DATE_TIME | ISO",
        "2012-10-26 18:05:09.25 | 2012-10-26T18:05:09.250 | DATE_TIME | ISO",
        "2012-10-26T18:05:09.123456789 | 2012-10-26T18:05:09.123 | DATE_TIME | ISO",
        "2012-10-26 18:05:09,5 | 2012-10-26T18:05:09.500 | DATE_TIME | ISO",
        "2012-10-26 18 | 2012-10-26T18:00 | DATE_TIME | ISO",
        "2012-10-26 24:00 | 2012-10-27T00:00 | DATE_TIME | ISO",
        "2012-10-26T18:05Z | 2012-10-26T18:05Z | INSTANT | ISO with Z",
        "2012-10-26T18:05:09z | 2012-10-26T18:05:09Z | INSTANT | ISO with Z",
        "2012-10-26 18:05 UTC | 2012-10-26T18:05Z | INSTANT | ISO with UTC",
        "2012-10-26 18:05 GMT | 2012-10-26T18:05Z | INSTANT | ISO with GMT",
        "2012-10-26T18:05+02:00 | 2012-10-26T16:05Z | INSTANT | ISO with +02:00",
        "2012-10-26 18:05:00 -0530 | 2012-10-26T23:35Z | INSTANT | ISO with -05:30",
        "2012-10-26 18:05+02 | 2012-10-26T16:05Z | INSTANT | ISO with +02:00",
        "2012-10-26 18:05 UTC+2 | 2012-10-26T16:05Z | INSTANT | ISO with +02:00",
        "2012-10-26T00:05:00+00:00 | 2012-10-26T00:05Z | INSTANT | ISO with +00:00",
        "20121026T180509 | 2012-10-26T18:05:09 | DATE_TIME | yyyyMMdd'T'HHmmss",
        "20121026:1810 | 2012-10-26T18:10 | DATE_TIME | yyyyMMdd:HHmm",
        "2012-Q4 | 2012-10 | MONTH | yyyy-'Q'Q",
        "2012Q1 | 2012-01 | MONTH | yyyy'Q'Q",
        "Q3 2012 | 2012-07 | MONTH | 'Q'Q yyyy",
        "Q3/12 | 2012-07 | MONTH | 'Q'Q/yy",
        "26/10/2012 | 2012-10-26 | DATE | dd/MM/yyyy",
        "10/26/2012 | 2012-10-26 | DATE | MM/dd/yyyy",
        "26.1.2012 | 2012-01-26 | DATE | dd.M.yyyy",
        "26-10-2012 18:05 | 2012-10-26T18:05 | DATE_TIME | dd-MM-yyyy HH:mm",
        "26/10/12 | 2012-10-26 | DATE | dd/MM/yy",
        "26.10.68 | 2068-10-26 | DATE | dd.MM.yy",
        "26.10.69 | 1969-10-26 | DATE | dd.MM.yy",
        "10/26/12 6:00 PM | 2012-10-26T18:00 | DATE_TIME | MM/dd/yy h:mm a",
        "10/26/2012 12:30:00 a.m. | 2012-10-26T00:30 | DATE_TIME | MM/dd/yyyy hh:mm:ss a",
        "10/26/2012, 6 PM | 2012-10-26T18:00 | DATE_TIME | MM/dd/yyyy, h a",
        "26 October 2012 | 2012-10-26 | DATE | dd MMMM yyyy",
        "Oct 26, 2012 | 2012-10-26 | DATE | MMM dd, yyyy",
        "October 6th, 2012 | 2012-10-06 | DATE | MMMM d'th', yyyy",
        "26-Oct-12 | 2012-10-26 | DATE | dd-MMM-yy",
        "26OCT2012 | 2012-10-26 | DATE | ddMMMyyyy",
        "26-OCT-2012 18:05 | 2012-10-26T18:05 | DATE_TIME | dd-MMM-yyyy HH:mm",
        "26/Oct/2012:18:05:09 +0200 | 2012-10-26T16:05:09Z | INSTANT |"
            + " dd/MMM/yyyy:HH:mm:ss with +02:00",
        "Friday, 26 October 2012 | 2012-10-26 | DATE | EEEE, dd MMMM yyyy",
        "Fri 26 Oct 2012 at 18:05 | 2012-10-26T18:05 | DATE_TIME | EEE dd MMM yyyy 'at 'HH:mm",
        "2012-Oct-26 | 2012-10-26 | DATE | yyyy-MMM-dd",
        "2012 Oct | 2012-10 | MONTH | yyyy MMM",
        "Jan-60 | 2060-01 | MONTH | MMM-yy",
        "Jan '75 | 1975-01 | MONTH | MMM ''yy",
        "January 1960 | 1960-01 | MONTH | MMMM yyyy",
        "Sept. 2012 | 2012-09 | MONTH | MMMM. yyyy",
        "18:00 | 18:00 | CLOCK | HH:mm",
        "18.00.09 | 18:00:09 | CLOCK | HH.mm.ss",
        "6:00 PM | 18:00 | CLOCK | h:mm a",
        "12:00am | 00:00 | CLOCK | hh:mma",
        "18h | 18:00 | CLOCK | HH'h'",
        "18h30 | 18:30 | CLOCK | HH'h'mm",
      })
  void readsWhatPeopleWrite(String cell, String time, TimeStyle style, String format) {
    RowTimes times = RowTimes.of(column("x", " " + cell + " "), List.of("x"));
    assertEquals(List.of(time), shown(times));
    assertEquals(style, times.style());
    assertEquals(format, times.format());
    assertEquals(0, times.unread());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NA",
        "-",
        "1013.5",
        "-5.2",
        "12",
        "4,787,699",
        "1e5",
        "2012-13-01",
        "2012-02-30",
        "2012-00",
        "30.02.2012",
        "32/01/2012",
        "13/13/2012",
        "25:00",
        "18:60",
        "18:00:60",
        "13 PM",
        "24:01",
        "2012-10-26T",
        "2012-10-26 x",
        "2012-10-26T18:05+",
        "2012-10-26T18:05+19:00",
        "2012-10-26T18:05 CET",
        "Octo",
        "Octopus 2012",
        "26 Octember 2012",
        "Q5 2012",
        "2012-Q0",
        "1.2.3.4",
        "2001-02-",
        "12/2012/10",
        "0/1",
        "1 2 2012",
        "Winter",
        "Mon",
        "2012M13",
        "18h5",
        "2012-10 18:00",
        "２０１２-10-26",
      })
  void whatIsNoTimeIsLeftUnread(String cell) {
    assertThrows(FormatException.class, () -> RowTimes.of(column("x", cell), List.of("x")));
    List<String> cells = new ArrayList<>(Collections.nCopies(9, "2012-10-26"));
    cells.add(cell);
    assertEquals("-", shown(RowTimes.of(column("x", cells), List.of("x"))).getLast());
  }

  @Test
  void aColumnIsWrittenInOneWay() {
    String[] cells = new String[10];
    Arrays.setAll(cells, i -> "2018/10/" + (10 + i));
    cells[0] = "11:34";
    RowTimes times = RowTimes.of(column("date", cells), List.of("date"));
    assertEquals("-", shown(times).getFirst());
    assertEquals("2018-10-11", shown(times).get(1));
    assertEquals(1, times.unread());
    assertEquals(0, times.firstUnread().getAsInt());
  }

  @Test
  void midnightMayBeLeftOut() {
    RowTimes times =
        RowTimes.of(
            column("t", "2020-01-01", "2020-01-01 01:00", "2020-01-01 02:00"), List.of("t"));
    assertEquals(List.of("2020-01-01T00:00", "2020-01-01T01:00", "2020-01-01T02:00"), shown(times));
    assertEquals("ISO", times.format());
  }

  @Test
  void offsetsThatChangeBecomeInstants() {
    RowTimes times =
        RowTimes.of(column("t", "2020-03-29T01:00+01:00", "2020-03-29T03:00+02:00"), List.of("t"));
    assertEquals(List.of("2020-03-29T00:00Z", "2020-03-29T01:00Z"), shown(times));
    assertEquals("ISO with offsets", times.format());
  }

  @Test
  void daysThatBeginAtOneLocalTimeStayLocalWhereTheOffsetChanges() {
    RowTimes times =
        RowTimes.of(
            column(
                "t", "2020-03-28T00:00+01:00", "2020-03-29T00:00+01:00", "2020-03-30T00:00+02:00"),
            List.of("t"));
    assertEquals(List.of("2020-03-28T00:00", "2020-03-29T00:00", "2020-03-30T00:00"), shown(times));
    assertEquals(TimeStyle.DATE_TIME, times.style());
    assertEquals("ISO with offsets, local", times.format());
  }

  @Test
  void shortYearsAcrossThePivotAreNotTornApart() {
    assertEquals(
        List.of("1967-12", "1968-12", "1969-01", "1975-06"),
        shown(RowTimes.of(column("m", "Dec-67", "Dec-68", "Jan-69", "Jun-75"), List.of("m"))));
    assertEquals(
        List.of("1999-12", "2000-01"),
        shown(RowTimes.of(column("m", "Dec-99", "Jan-00"), List.of("m"))));
  }

  @Test
  void pointsOfATimeOfDayAreNotThoseOfADate() {
    assertEquals(
        List.of("18:10:20", "18:40:20", "19:10:20"),
        shown(RowTimes.of(column("t", "18.10.20", "18.40.20", "19.10.20"), List.of("t"))));
    assertEquals(
        TimeStyle.DATE,
        RowTimes.of(column("t", "18.10.20", "19.10.20", "20.10.20"), List.of("t")).style());
  }
}
