package dev.lanewise.formats.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.FrameOptions;
import dev.lanewise.formats.TableFrame;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Rows of several series that are taken for one are refused, and the way out is named. */
class SeriesSearchTest {
  private static final int ROWS = 120;

  private static CsvTable table(List<String> columns, IntFunction<List<String>> row) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(row.apply(i));
    }
    return CsvTable.of(columns, rows);
  }

  private static String day(int i) {
    return LocalDate.of(2024, 1, 1).plusDays(i).toString();
  }

  private static void taken(CsvTable table, String series) {
    TableFrame read = TableFrame.of(table, FrameOptions.of(), List.of("v"), series);
    assertEquals(ROWS, read.frame().rows());
  }

  private static void refused(String message, CsvTable table, String series) {
    FormatException e =
        assertThrows(
            FormatException.class,
            () -> TableFrame.of(table, FrameOptions.of(), List.of("v"), series));
    assertEquals("table, column \"day\": expected " + message, e.getMessage());
  }

  private static final String ONCE = "each time once, for the rows are taken for one series, got ";

  @Test
  void namesTheColumnThatTellsThemApart() {
    CsvTable table =
        table(
            List.of("day", "v", "kind", "shop"),
            i ->
                List.of(day(i / 4), "" + i * i % 31, i % 4 < 2 ? "big" : "small", "shop " + i % 4));
    refused(
        ONCE
            + "repeated times in 90 rows; series(\"shop\") forecasts each of the 4 values of that"
            + " column as a series of its own",
        table,
        "");
    taken(table, "shop");
    refused(
        ONCE
            + "repeated times in 60 rows; series(\"shop\") forecasts each of the 4 values of that"
            + " column as a series of its own",
        table,
        "kind");
  }

  @Test
  void numbersMayNameThem() {
    CsvTable table =
        table(List.of("day", "v", "store"), i -> List.of(day(i / 3), "" + i * i % 31, "" + i % 3));
    refused(
        ONCE
            + "repeated times in 80 rows; series(\"store\") forecasts each of the 3 values of that"
            + " column as a series of its own",
        table,
        "");
  }

  /** The target does not, however few values it has. */
  @Test
  void aTargetNamesNoSeries() {
    CsvTable table = table(List.of("day", "v"), i -> List.of(day(i / 2), "" + i % 2));
    refused(
        "each time once, got repeated times in 60 of 120 rows; add the rows of a time up, or name the"
            + " column that tells them apart: series(COL)",
        table,
        "");
  }

  @Test
  void aColumnWithAValueOfItsOwnInEachRowNamesNoSeries() {
    CsvTable table =
        table(List.of("day", "v", "id"), i -> List.of(day(i / 2), "" + i * i % 31, "id" + i));
    refused(
        "each time once, got repeated times in 60 of 120 rows; add the rows of a time up, or name the"
            + " column that tells them apart: series(COL)",
        table,
        "");
  }

  /** A clock that was set back repeats some times. */
  @Test
  void takesAFewRepeats() {
    CsvTable table =
        table(List.of("day", "v", "shop"), i -> List.of(day(i < 100 ? i : i - 12), "" + i, "a"));
    taken(table, "");
    CsvTable more =
        table(List.of("day", "v", "shop"), i -> List.of(day(i < 100 ? i : i - 13), "" + i, "a"));
    refused(
        "each time once, got repeated times in 13 of 120 rows; add the rows of a time up, or name the"
            + " column that tells them apart: series(COL)",
        more,
        "");
  }

  @Test
  void asksNothingOfRowsWithoutTimes() {
    taken(table(List.of("v", "shop"), i -> List.of("" + i * i % 31, "s" + i % 2)), "");
  }

  @Test
  void looksNotAtColumnsOfOneName() {
    CsvTable table =
        table(
            List.of("day", "v", "shop", "shop"),
            i -> List.of(day(i / 2), "" + i * i % 31, "s" + i % 2, "s" + i % 2));
    refused(
        "each time once, got repeated times in 60 of 120 rows; add the rows of a time up, or name the"
            + " column that tells them apart: series(COL)",
        table,
        "");
  }
}
