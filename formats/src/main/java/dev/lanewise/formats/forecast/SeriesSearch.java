package dev.lanewise.formats.forecast;

import dev.lanewise.lstm.data.Frame;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Refuses rows of several series that are taken for one: their times repeat. Names the column that
 * tells them apart.
 *
 * @param file the table's
 * @param table the text of its columns, by their names
 * @param columns those that may tell rows apart
 * @param frame its rows
 * @param rows the row of the table that each is
 * @param series the column that names a row's series; empty for one series
 * @param time the columns that say when a row was, as errors name them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SeriesSearch(
    Path file,
    Function<String, List<String>> table,
    List<String> columns,
    Frame frame,
    int[] rows,
    String series,
    String time) {
  /** A clock that was set back repeats fewer rows than one in so many. */
  private static final int REPEATED = 10;

  /** A column with more values than one in so many rows names no series. */
  private static final int ROWS_A_SERIES = 5;

  public void check() {
    long repeated = rows.length - distinct(series);
    if (repeated * REPEATED <= rows.length) {
      return;
    }
    String apart = "";
    long most = rows.length - repeated;
    for (String column : columns) {
      if (columns.indexOf(column) != columns.lastIndexOf(column)
          || frame.numberColumns().contains(column)
          || values(column) * ROWS_A_SERIES > rows.length) {
        continue;
      }
      long distinct = distinct(column);
      if (distinct > most) {
        most = distinct;
        apart = column;
      }
    }
    boolean tells = (rows.length - most) * REPEATED <= rows.length;
    throw tells
        ? ForecastErrors.severalSeries(file, time, repeated, apart, (int) values(apart))
        : ForecastErrors.repeats(file, time, repeated, rows.length);
  }

  /** How many pairs of time and a column's text there are. */
  private long distinct(String column) {
    List<String> text = column.isEmpty() ? List.of() : table.apply(column);
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < rows.length; row++) {
      seen.add(frame.time(row) + (text.isEmpty() ? "" : " " + text.get(rows[row]).strip()));
    }
    return seen.size();
  }

  private long values(String column) {
    return table.apply(column).stream().map(String::strip).distinct().count();
  }
}
