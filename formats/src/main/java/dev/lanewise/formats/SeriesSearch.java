package dev.lanewise.formats;

import dev.lanewise.lstm.data.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses rows of several series that are taken for one: their times repeat. Names the column that
 * tells them apart.
 *
 * @param table the table
 * @param frame its rows
 * @param rows the row of the table that each is
 * @param series the column that names a row's series; empty for one series
 * @param times when each row was
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SeriesSearch(CsvTable table, Frame frame, int[] rows, String series, RowTimes times) {
  /** A clock that was set back repeats fewer rows than one in so many. */
  private static final int REPEATED = 10;

  /** A column with more values than one in so many rows names no series. */
  private static final int ROWS_A_SERIES = 5;

  void check() {
    long repeated = rows.length - distinct(series);
    if (repeated * REPEATED <= rows.length) {
      return;
    }
    String apart = "";
    long most = rows.length - repeated;
    for (String column : table.columns()) {
      boolean once = table.columns().indexOf(column) == table.columns().lastIndexOf(column);
      if (!once
          || times.columns().contains(column)
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
    String time = CsvLine.join(times.columns());
    throw tells
        ? FrameErrors.severalSeries(table.file(), time, repeated, apart, (int) values(apart))
        : FrameErrors.repeats(table.file(), time, repeated, rows.length);
  }

  /** How many pairs of time and a column's text there are. */
  private long distinct(String column) {
    List<String> text = column.isEmpty() ? List.of() : table.text(column);
    Set<String> seen = new HashSet<>();
    for (int row = 0; row < rows.length; row++) {
      seen.add(frame.time(row) + (text.isEmpty() ? "" : " " + text.get(rows[row]).strip()));
    }
    return seen.size();
  }

  private long values(String column) {
    return table.text(column).stream().map(String::strip).distinct().count();
  }
}
