package dev.lanewise.formats.times;

import static dev.lanewise.formats.TimeTables.column;
import static dev.lanewise.formats.TimeTables.columns;
import static dev.lanewise.formats.TimeTables.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.RowTimes;
import dev.lanewise.lstm.data.TimeStyle;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns of a table are found to say when its rows were. */
class TimeSearchTest {
  private static final int ROWS = 200;

  private static String found(CsvTable table) {
    return RowTimes.find(table)
        .map(
            times -> String.join("+", times.columns()) + " " + times.style() + " " + times.format())
        .orElse("none");
  }

  private static List<String> cells(IntFunction<String> cell) {
    return IntStream.range(0, ROWS).mapToObj(cell).toList();
  }

  /** A table of columns of 200 rows. */
  private static CsvTable table(List<String> names, List<List<String>> cells) {
    return CsvTable.of(
        names,
        IntStream.range(0, cells.getFirst().size())
            .mapToObj(row -> cells.stream().map(column -> column.get(row)).toList())
            .toList());
  }

  @Test
  void findsMonths() {
    assertEquals(
        "Month MONTH yyyy-MM",
        found(columns("Month|1949-01|1949-02|1949-03", "Passengers|112|118|132")));
  }

  @Test
  void findsTimesOfDayWithoutADate() {
    CsvTable table =
        table(
            List.of("Time", "CO(GT)", "T"),
            List.of(
                cells(i -> String.format("%02d.00.00", (18 + i) % 24)),
                cells(i -> "2,6"),
                cells(i -> "13,6")));
    assertEquals("Time CLOCK HH.mm.ss", found(table));
    long[] millis = RowTimes.find(table).orElseThrow().millis();
    assertEquals((18 + ROWS - 1) * 3_600_000L, millis[ROWS - 1]);
  }

  @Test
  void findsPartsAmongNumbers() {
    LocalDateTime first = LocalDateTime.of(2010, 1, 1, 0, 0);
    CsvTable table =
        table(
            List.of("No", "year", "month", "day", "hour", "min", "pm2.5", "PRES", "cbwd"),
            List.of(
                cells(i -> "" + (i + 1)),
                cells(i -> "" + first.plusHours(i).getYear()),
                cells(i -> "" + first.plusHours(i).getMonthValue()),
                cells(i -> "" + first.plusHours(i).getDayOfMonth()),
                cells(i -> "" + first.plusHours(i).getHour()),
                cells(i -> "" + i % 40),
                cells(i -> "NA"),
                cells(i -> "" + (1013 + i % 9)),
                cells(i -> "NW")));
    assertEquals("year+month+day+hour DATE_TIME year, month, day, hour", found(table));
  }

  @Test
  void findsDatesOfWhichTheFirstIsATimeOfToday() {
    List<String> dates =
        new ArrayList<>(
            cells(i -> LocalDate.of(2018, 10, 15).minusDays(i).toString().replace('-', '/')));
    dates.set(0, "11:34");
    CsvTable table =
        table(
            List.of("date", "close", "volume"),
            List.of(dates, cells(i -> "270.49"), cells(i -> "4,787,699")));
    assertEquals("date DATE yyyy/MM/dd", found(table));
    RowTimes times = RowTimes.find(table).orElseThrow();
    assertEquals(1, times.unread());
    assertEquals(0, times.firstUnread().getAsInt());
  }

  @Test
  void findsADateAndItsHour() {
    LocalDateTime first = LocalDateTime.of(2017, 12, 1, 0, 0);
    CsvTable table =
        table(
            List.of("Date", "Rented Bike Count", "Hour", "Temperature(°C)", "Seasons"),
            List.of(
                cells(
                    i -> {
                      LocalDateTime at = first.plusHours(i);
                      return String.format(
                          "%02d/%02d/%d", at.getDayOfMonth() + 9, at.getMonthValue(), at.getYear());
                    }),
                cells(i -> "" + 7 * i % 300),
                cells(i -> "" + i % 24),
                cells(i -> "-5.2"),
                cells(i -> "Winter")));
    assertEquals("Date+Hour DATE_TIME dd/MM/yyyy and hour", found(table));
  }

  @Test
  void findsAnHourBesideADateWhoseMidnightIsWritten() {
    assertEquals(
        "Date+Hour (UTC) DATE_TIME ISO and hour",
        found(
            columns(
                "Date|2020-01-01 00:00:00|2020-01-01 00:00:00|2020-01-02 00:00:00",
                "Hour (UTC)|22|23|0")));
    assertEquals(
        "Date DATE_TIME ISO",
        found(columns("Date|2020-01-01 06:00|2020-01-01 06:00|2020-01-02 06:00", "Hour|22|23|0")));
  }

  @Test
  void findsTheMonthBesideAYearThatDoesNotRepeat() {
    assertEquals(
        "year+month MONTH year, month",
        found(columns("year|2018|2019|2020", "month|12|12|12", "sales|1|2|3")));
    assertEquals(
        "year YEAR year", found(columns("year|2018|2019|2020", "month|99|99|99", "sales|1|2|3")));
  }

  @Test
  void findsYearsAndMonthsBesideDecimalYears() {
    assertEquals(
        "year+month MONTH year, month",
        found(
            columns(
                "year|1958|1958|1958",
                "month|3|4|5",
                "decimal date|1958.2027|1958.2877|1958.3699",
                "average|315.71|317.45|317.51",
                "ndays|-1|-1|-1")));
    assertEquals(
        "year+month MONTH year, month",
        found(columns("year|1949|1949", "month|Jan|Feb", "passengers|112|118")));
  }

  @Test
  void findsDecimalYearsWhereThereIsNothingBetter() {
    CsvTable table =
        columns("decimal date|1958.2027|1958.2877|1958.3699", "average|315.71|317.45|317.51");
    assertEquals("decimal date MONTH decimal years", found(table));
    assertEquals(
        List.of("1958-03", "1958-04", "1958-05"), shown(RowTimes.find(table).orElseThrow()));
    assertEquals(
        List.of("1949-01", "1949-02", "1949-03"),
        shown(RowTimes.find(column("time", "1949", "1949.083", "1949.167")).orElseThrow()));
    assertEquals(
        List.of("1949-01", "1949-04", "1949-07"),
        shown(RowTimes.find(column("time", "1949", "1949.25", "1949.5")).orElseThrow()));
  }

  @Test
  void findsWhichOfTheTimesDoesNotRepeat() {
    // The local clock goes back: its times repeat, those in UTC do not.
    assertEquals(
        "DateTime INSTANT ISO with Z",
        found(
            columns(
                "Date|2004-10-31|2004-10-31|2004-10-31|2004-10-31",
                "Time|01:00:00|02:00:00|02:00:00|03:00:00",
                "T|1|2|3|4",
                "DateTime|2004-10-30T23:00:00Z|2004-10-31T00:00:00Z|2004-10-31T01:00:00Z|2004-10-31T02:00:00Z")));
    assertEquals(
        "Date+Time DATE_TIME ISO and HH:mm:ss",
        found(
            columns(
                "Date|2004-03-10|2004-03-10|2004-03-10",
                "Time|18:00:00|19:00:00|20:00:00",
                "T|1|2|3",
                "logged|2004-03-10|2004-03-10|2004-03-10")));
  }

  @Test
  void leavesOutFootersAndWhatRepeatsAtTimes() {
    List<String> times =
        new ArrayList<>(
            cells(
                i ->
                    LocalDateTime.of(2014, 1, 4, 12, 30)
                        .plusMinutes(5L * i)
                        .toString()
                        .replace('T', ' ')));
    times.set(100, times.get(99));
    times.addAll(Collections.nCopies(9, "NA"));
    CsvTable table = column("timestamp", times);
    assertEquals("timestamp DATE_TIME ISO", found(table));
    assertEquals(9, RowTimes.find(table).orElseThrow().unread());
    assertEquals(ROWS, RowTimes.find(table).orElseThrow().firstUnread().getAsInt());
    times.addAll(Collections.nCopies(20, "NA"));
    assertEquals("none", found(column("timestamp", times)));
  }

  @Test
  void findsEpochsByTheNameOnly() {
    List<String> seconds = cells(i -> "" + (1_577_836_800L + 3600L * i));
    assertEquals("time INSTANT epoch seconds", found(column("time", seconds)));
    assertEquals("open_time INSTANT epoch seconds", found(column("open_time", seconds)));
    assertEquals("none", found(column("population", seconds)));
    assertEquals("none", found(column("update", seconds)));
  }

  @Test
  void findsDatesWithoutSeparatorsByNameOrByOrder() {
    List<String> days =
        cells(i -> LocalDate.of(2020, 1, 1).plusDays(i).toString().replace("-", ""));
    assertEquals("x DATE yyyyMMdd", found(column("x", days)));
    List<String> shuffled = new ArrayList<>(days);
    Collections.shuffle(shuffled, new Random(7));
    assertEquals("none", found(column("x", shuffled)));
    assertEquals("date DATE yyyyMMdd", found(column("date", shuffled)));
    assertEquals("none", found(column("id", "200001", "200002", "200003")));
    assertEquals("YYYYMM MONTH yyyyMM", found(column("YYYYMM", "200001", "200002", "200003")));
  }

  @Test
  void findsYearsByTheirNameOrWhereEachRowIsTheNext() {
    assertEquals("Year YEAR year", found(columns("Year|1700|1701|1703", "spots|5|11|16")));
    assertEquals("x YEAR year", found(column("x", "1900", "1901", "1902", "1903")));
    assertEquals(" YEAR year", found(column("", "1903", "1902", "1901", "1900")));
    assertEquals("none", found(column("rpm", "1800", "1900", "2000", "2100")));
    assertEquals("none", found(column("x", "1900", "1901", "1902", "1902")));
    assertEquals(
        "year YEAR year",
        found(
            columns(
                "country|A|A|A|A|A|A|B|B|B|B|B|B",
                "year|1|2|3|4|5|6|1|2|3|4|5|6".replaceAll("\\|(\\d)", "|200$1"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"year", "built", "Year Built", "model_year", "YearOfBirth", "x"})
  void yearsOfBuildAreNoTimes(String name) {
    Random random = new Random(3);
    List<String> years = cells(i -> "" + (1990 + random.nextInt(30)));
    assertEquals("none", found(column(name, years)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"No", "id", "x", "", "time", "Date", "index", "price", "day", "hour"})
  void measurementsAndNumbersOfRowsAreNoTimes(String name) {
    Random random = new Random(5);
    List<List<String>> all =
        List.of(
            cells(i -> "" + (i + 1)),
            cells(i -> "" + i),
            cells(i -> String.format("%.1f", 990 + 40 * random.nextDouble())),
            cells(i -> String.format("%.1f", 30 * random.nextDouble() - 10)),
            cells(i -> String.format("%.2f", 1900 + 150 * random.nextDouble())),
            cells(i -> "" + (100_000 + random.nextInt(900_000))),
            cells(i -> "" + random.nextInt(24)),
            cells(i -> "$1,493,660"),
            cells(i -> "" + (10_000_000 + random.nextInt(10_000_000))),
            cells(i -> i % 2 == 0 ? "Winter" : "May"),
            cells(i -> random.nextInt(9) + "-" + random.nextInt(9)),
            cells(i -> "10.0.0." + i));
    for (List<String> cells : all) {
      assertEquals("none", found(column(name, cells)), cells.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"No", "id", "x", "index"})
  void numbersOfRowsAboveAThousandAreNoTimes(String name) {
    assertEquals("none", found(column(name, cells(i -> "" + (1000 + i)))));
    assertEquals("none", found(column(name, cells(i -> "" + (2000 + i)))));
    assertEquals("none", found(column(name, cells(i -> "" + (20_200_101 + i)))));
  }

  @Test
  void timesOfDayThatDoNotRunOnAreNoTimesOfRows() {
    Random random = new Random(9);
    List<String> clocks =
        cells(i -> String.format("%02d:%02d", random.nextInt(24), random.nextInt(60)));
    assertEquals("none", found(column("time", clocks)));
    assertEquals("none", found(column("sunrise", cells(i -> "06:30"))));
    assertEquals("none", found(column("lap", cells(i -> String.format("1:%02d", i % 60)))));
  }

  @Test
  void daysOfOtherEventsAreNotThoseOfRows() {
    assertEquals(
        "seen DATE ISO",
        found(columns("birth_date|1990-01-01|1991-05-05", "seen|2020-01-01|2020-01-02")));
    assertEquals("none", found(column("DateOfBirth", "1990-01-01", "1991-05-05")));
  }

  @Test
  void versionsAreNoDates() {
    assertEquals("none", found(column("version", "1.10.12", "1.2.20", "1.3.1", "1.11.12")));
  }

  @Test
  void dayRowsAreBeforeTheSunOfThatDay() {
    assertEquals(
        "date DATE ISO",
        found(columns("date|2020-01-01|2020-01-02", "time of sunrise|07:00|07:01")));
  }

  @Test
  void datesOfSeriesOneBelowTheOtherAreFoundThoughTheyRepeat() {
    List<String> dates = cells(i -> LocalDate.of(2020, 1, 1).plusDays(i % 50).toString());
    assertEquals(
        "Date DATE ISO",
        found(table(List.of("Store", "Date"), List.of(cells(i -> "" + i / 50), dates))));
  }

  @Test
  void columnsThatShareANameAreSkipped() {
    assertEquals(
        "stamp DATE ISO", found(columns("date|2020-01-01", "date|2020-01-02", "stamp|2020-01-03")));
    assertEquals("none", found(columns("date|2020-01-01", "date|2020-01-02")));
  }

  @Test
  void aTableWithoutRowsHasNoTimes() {
    assertEquals(Optional.empty(), RowTimes.find(CsvTable.of(List.of("date"), List.of())));
    assertEquals(Optional.empty(), RowTimes.find(column("date", "", " ")));
  }

  @Test
  void aColumnWithoutANameIsFoundByItsCells() {
    CsvTable table = columns("|2020-01-01 00:00|2020-01-01 01:00", "x|1|2");
    assertEquals(" DATE_TIME ISO", found(table));
    assertEquals(TimeStyle.DATE_TIME, RowTimes.find(table).orElseThrow().style());
  }
}
