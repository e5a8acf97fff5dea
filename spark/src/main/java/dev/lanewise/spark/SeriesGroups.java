package dev.lanewise.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The rows of each series, of rows that are sorted by series. Not thread-safe. */
final class SeriesGroups implements Iterator<List<Row>> {
  private final Iterator<Row> rows;
  private @Nullable Row next;

  SeriesGroups(Iterator<Row> rows) {
    this.rows = rows;
    advance();
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public List<Row> next() {
    Row first = next;
    if (first == null) {
      throw new NoSuchElementException();
    }
    List<Row> group = new ArrayList<>();
    for (Row row = first; row != null && isOf(first, row); row = next) {
      group.add(row);
      advance();
    }
    return group;
  }

  private static boolean isOf(Row first, Row row) {
    return Objects.equals(first.get(SeriesTable.SERIES), row.get(SeriesTable.SERIES));
  }
}
