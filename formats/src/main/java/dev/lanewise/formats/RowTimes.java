package dev.lanewise.formats;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.formats.times.NamedTimes;
import dev.lanewise.formats.times.OpenOrder;
import dev.lanewise.formats.times.PatternTimes;
import dev.lanewise.formats.times.ReadTimes;
import dev.lanewise.formats.times.TimeErrors;
import dev.lanewise.formats.times.TimeSearch;
import dev.lanewise.lstm.data.TimeStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When each row of a table was: found among its columns, or read from those named.
 *
 * <p>Read are ISO dates and times, days and months in either order, names of months, quarters,
 * times of day, counts since 1970, and years, months, days and hours in columns of their own. A
 * column is read in one way: what is written otherwise has no time. A time with an offset from UTC
 * is in UTC; one without is local. Immutable, so that threads may share it.
 */
public final class RowTimes {
  /** The time of a row whose cell is no time. */
  public static final long NONE = TimeCell.NONE;

  private final List<String> columns;
  private final ReadTimes times;

  private RowTimes(List<String> columns, ReadTimes times) {
    this.columns = List.copyOf(columns);
    this.times = times;
  }

  /**
   * Finds the columns that say when each row was. Nine in ten of their cells are times. Those whose
   * times do not repeat come before those whose times do; numbers are times only where the name of
   * the column or all of its rows say so.
   *
   * @param table the table
   * @return the times; empty where no column is of times
   * @throws FormatException when the best column may be day first or month first, and no other
   *     column is as good
   */
  public static Optional<RowTimes> find(CsvTable table) {
    return TimeSearch.best(table.columns(), table::text)
        .map(
            best -> {
              List<String> names = best.columns().stream().map(table.columns()::get).toList();
              return new RowTimes(names, closed(table, names, best.times()));
            });
  }

  /**
   * Reads the times of columns: one, or several that are put together, such as a date and an hour,
   * or a year and a month.
   *
   * @param table the table
   * @param columns their names
   * @return the times
   * @throws FormatException when there is no such column or there are two, when fewer than nine in
   *     ten of the cells are times, and when they may be day first or month first
   */
  public static RowTimes of(CsvTable table, List<String> columns) {
    List<List<String>> cells = cells(table, columns);
    ReadTimes times =
        (cells.size() == 1 ? NamedTimes.read(cells.getFirst()) : NamedTimes.read(cells, columns))
            .orElseGet(() -> nothing(table.rows()));
    if (!times.suffices()) {
      int row = firstUnread(times).orElse(0);
      throw TimeErrors.unread(table.file(), table.line(row), columns, joined(cells, row), times);
    }
    return new RowTimes(columns, closed(table, columns, times));
  }

  /**
   * Reads the times of columns that are written by a pattern. The cells of several columns are
   * joined with a blank.
   *
   * @param table the table
   * @param columns their names
   * @param pattern a pattern of {@link java.time.format.DateTimeFormatter}, for instance {@code
   *     dd/MM/yyyy HH:mm}; its names are English, {@code dd} also takes one digit, and {@code yy}
   *     is 1969 to 2068
   * @return the times
   * @throws FormatException when there is no such column or there are two, when fewer than nine in
   *     ten of the cells are written so, and when there is no such pattern
   */
  public static RowTimes of(CsvTable table, List<String> columns, String pattern) {
    List<List<String>> cells = cells(table, columns);
    List<String> joined = cells.getFirst();
    if (cells.size() > 1) {
      joined = new ArrayList<>(table.rows());
      for (int row = 0; row < table.rows(); row++) {
        joined.add(joined(cells, row));
      }
    }
    ReadTimes times;
    try {
      times = PatternTimes.read(joined, pattern);
    } catch (IllegalArgumentException e) {
      throw TimeErrors.pattern(table.file(), pattern, e);
    }
    if (!times.suffices()) {
      int row = firstUnread(times).orElse(0);
      throw TimeErrors.notByPattern(table.file(), table.line(row), columns, joined.get(row), times);
    }
    return new RowTimes(columns, times);
  }

  private static List<List<String>> cells(CsvTable table, List<String> columns) {
    if (columns.isEmpty()) {
      throw TimeErrors.noColumns(table.file());
    }
    List<List<String>> cells = columns.stream().map(table::text).toList();
    if (table.rows() == 0) {
      throw TimeErrors.noRows(table.file(), columns);
    }
    return cells;
  }

  private static String joined(List<List<String>> cells, int row) {
    StringBuilder joined = new StringBuilder();
    for (List<String> column : cells) {
      joined.append(joined.isEmpty() ? "" : " ").append(column.get(row).strip());
    }
    return joined.toString();
  }

  private static ReadTimes nothing(int rows) {
    return ReadTimes.of(
        Collections.nCopies(rows, NONE).stream().mapToLong(Long::longValue).toArray(),
        TimeStyle.DATE_TIME,
        "");
  }

  private static ReadTimes closed(CsvTable table, List<String> columns, ReadTimes times) {
    OpenOrder open = times.open();
    if (open != null) {
      throw TimeErrors.open(table.file(), table.line(open.row()), columns, open);
    }
    return times;
  }

  /**
   * Which columns the times are of.
   *
   * @return one name, or several whose cells were put together
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * The time of each row, in the order of the table.
   *
   * @return a new array of milliseconds since 1970-01-01T00:00, in UTC where the style is {@link
   *     TimeStyle#INSTANT}, else local; {@link #NONE} where the cell is no time
   */
  public long[] millis() {
    return times.millis().clone();
  }

  /**
   * What is known of the times.
   *
   * @return the style, in which each may be written
   */
  public TimeStyle style() {
    return times.style();
  }

  /**
   * How the cells are written, in words.
   *
   * @return for instance {@code dd/MM/yyyy and hour}, {@code epoch seconds} or {@code ISO with Z}
   */
  public String format() {
    return times.format();
  }

  /**
   * How many rows have no time.
   *
   * @return the number of rows whose time is {@link #NONE}; at most one in ten
   */
  public int unread() {
    return times.millis().length - times.read();
  }

  /**
   * The first row that has no time.
   *
   * @return the row, from 0; empty where all rows have one
   */
  public OptionalInt firstUnread() {
    return firstUnread(times);
  }

  private static OptionalInt firstUnread(ReadTimes times) {
    long[] millis = times.millis();
    for (int row = 0; row < millis.length; row++) {
      if (millis[row] == NONE) {
        return OptionalInt.of(row);
      }
    }
    return OptionalInt.empty();
  }
}
