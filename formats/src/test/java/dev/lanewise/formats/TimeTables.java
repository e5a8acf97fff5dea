package dev.lanewise.formats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Small tables for the tests of times. */
public final class TimeTables {
  private TimeTables() {}

  /** A table of one column. */
  public static CsvTable column(String name, List<String> cells) {
    return CsvTable.of(List.of(name), cells.stream().map(List::of).toList());
  }

  public static CsvTable column(String name, String... cells) {
    return column(name, List.of(cells));
  }

  /** A table of columns, each a name and then its cells, all parted by {@code |}. */
  public static CsvTable columns(String... columns) {
    List<List<String>> all =
        Arrays.stream(columns).map(column -> List.of(column.split("\\|", -1))).toList();
    return CsvTable.of(
        all.stream().map(List::getFirst).toList(),
        IntStream.range(1, all.getFirst().size())
            .mapToObj(row -> all.stream().map(column -> column.get(row)).toList())
            .toList());
  }

  /** The times as their style writes them; {@code -} where there is none. */
  public static List<String> shown(RowTimes times) {
    return Arrays.stream(times.millis())
        .mapToObj(time -> time == RowTimes.NONE ? "-" : times.style().format(time))
        .toList();
  }
}
