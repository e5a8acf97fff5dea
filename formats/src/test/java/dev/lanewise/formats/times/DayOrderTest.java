package dev.lanewise.formats.times;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.TimeTables.column;
import static dev.lanewise.formats.TimeTables.columns;
import static dev.lanewise.formats.TimeTables.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.RowTimes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Day first or month first. */
class DayOrderTest {
  private static final Path TABLE = Path.of("table");

  private static String order(String... cells) {
    Optional<RowTimes> found = RowTimes.find(column("Date", cells));
    RowTimes named = RowTimes.of(column("x", cells), List.of("x"));
    assertEquals(named.format(), found.orElseThrow().format());
    return named.format();
  }

  @Test
  void oneDayAboveTwelveDecidesTheColumn() {
    assertEquals("dd/MM/yyyy", order("01/02/2020", "03/04/2020", "13/04/2020"));
    assertEquals("MM/dd/yyyy", order("01/02/2020", "03/04/2020", "04/13/2020"));
  }

  @Test
  void theOrderInWhichRowsRunOneWayIsTaken() {
    assertEquals(
        "dd/MM/yyyy",
        order("10/01/2020", "11/01/2020", "12/01/2020", "01/02/2020", "03/02/2020", "04/02/2020"));
    assertEquals(
        "MM/dd/yyyy",
        order("01/10/2020", "01/11/2020", "01/12/2020", "02/01/2020", "02/03/2020", "02/04/2020"));
    assertEquals(
        "dd.MM.yyyy",
        order("04.02.2020", "03.02.2020", "01.02.2020", "12.01.2020", "11.01.2020", "10.01.2020"));
  }

  @Test
  void theOrderInWhichRowsAreEvenlySpacedIsTaken() {
    String[] months = new String[24];
    Arrays.setAll(months, i -> String.format("01/%02d/%d", i % 12 + 1, 2019 + i / 12));
    assertEquals("dd/MM/yyyy", order(months));
    Arrays.setAll(months, i -> String.format("%02d/01/%d", i % 12 + 1, 2019 + i / 12));
    assertEquals("MM/dd/yyyy", order(months));
  }

  @Test
  void fewRowsThatRunOneWayDecideNothing() {
    CsvTable table = column("Date", "11/01/2020", "12/01/2020", "01/02/2020");
    assertThrows(FormatException.class, () -> RowTimes.find(table));
  }

  @Test
  void datesThatAreTheSameEitherWayAreNotOpen() {
    assertEquals("dd/MM/yyyy", order("01/01/2020", "02/02/2020", "03/03/2020"));
  }

  @Test
  void whatStaysOpenIsAskedWithBothReadingsOfACell() {
    CsvTable table = column("Date", "01/01/2020", "01/02/2020", "01/03/2020");
    String message =
        ", row 3, column \"Date\": expected rows that say whether the day or the month is first,"
            + " got \"01/02/2020\", which is 2020-02-01 by dd/MM/yyyy and 2020-01-02 by MM/dd/yyyy;"
            + " say which it is: --time-format dd/MM/yyyy or --time-format MM/dd/yyyy";
    refused(TABLE, message, () -> RowTimes.find(table));
    refused(TABLE, message, () -> RowTimes.of(table, List.of("Date")));
    assertEquals(
        List.of("2020-01-01", "2020-02-01", "2020-03-01"),
        shown(RowTimes.of(table, List.of("Date"), "dd/MM/yyyy")));
    assertEquals(
        List.of("2020-01-01", "2020-01-02", "2020-01-03"),
        shown(RowTimes.of(table, List.of("Date"), "MM/dd/yyyy")));
  }

  @Test
  void theWayOutOfAnOpenOrderReadsTheHourToo() {
    CsvTable table = columns("Date|1/2/2020|1/2/2020|2/2/2020", "Hour|22|23|0");
    refused(
        TABLE,
        ", row 2, columns \"Date\", \"Hour\": expected rows that say whether the day or the month is"
            + " first, got \"1/2/2020\", which is 2020-02-01 by d/M/yyyy H and 2020-01-02 by"
            + " M/d/yyyy H; say which it is: --time-format \"d/M/yyyy H\" or --time-format"
            + " \"M/d/yyyy H\"",
        () -> RowTimes.find(table));
    assertEquals(
        List.of("2020-02-01T22:00", "2020-02-01T23:00", "2020-02-02T00:00"),
        shown(RowTimes.of(table, List.of("Date", "Hour"), "d/M/yyyy H")));
  }

  @Test
  void aColumnOfBothOrdersIsNotTrusted() {
    CsvTable table = column("Date", "13/01/2020", "01/14/2020", "01/02/2020");
    String message =
        ", row 3, column \"Date\": expected the day first in all rows, or the month in all, got"
            + " \"01/14/2020\" beside \"13/01/2020\"; write all rows alike";
    refused(TABLE, message, () -> RowTimes.of(table, List.of("Date")));
    refused(TABLE, message, () -> RowTimes.find(table));
  }

  @Test
  void anotherColumnThatIsNotOpenIsTaken() {
    CsvTable table =
        columns("Date|01/01/2020|01/02/2020|01/03/2020", "stamp|2020-01-01|2020-01-02|2020-01-03");
    assertEquals(List.of("stamp"), RowTimes.find(table).orElseThrow().columns());
  }

  @Test
  void anotherColumnThatRepeatsMoreIsNot() {
    CsvTable table =
        columns("Date|01/01/2020|01/02/2020|01/03/2020", "week|2020-01-01|2020-01-01|2020-01-01");
    refused(
        TABLE,
        ", row 3, column \"Date\": expected rows that say whether the day or the month is first,"
            + " got \"01/02/2020\", which is 2020-02-01 by dd/MM/yyyy and 2020-01-02 by MM/dd/yyyy;"
            + " say which it is: --time-format dd/MM/yyyy or --time-format MM/dd/yyyy",
        () -> RowTimes.find(table));
  }
}
