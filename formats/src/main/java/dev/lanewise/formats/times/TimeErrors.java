package dev.lanewise.formats.times;

import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.RowTimes;
import dev.lanewise.formats.text.Phrases;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the exceptions of {@link RowTimes}. */
public final class TimeErrors {
  private static final String NAMED = "--time-format";

  private TimeErrors() {}

  /** The order of day and month is not decided. */
  public static FormatException open(Path file, long row, List<String> columns, OpenOrder open) {
    if (!open.other().isEmpty()) {
      return new FormatException(
          file,
          where(row, columns),
          "the day first in all rows, or the month in all",
          quoted(open.cell().strip()) + " beside " + quoted(open.other().strip()),
          "write all rows alike");
    }
    return new FormatException(
        file,
        where(row, columns),
        "rows that say whether the day or the month is first",
        quoted(open.cell().strip())
            + (", which is " + open.asDayFirst() + " by " + open.dayFirst())
            + (" and " + open.asMonthFirst() + " by " + open.monthFirst()),
        "say which it is: "
            + (NAMED + " " + argument(open.dayFirst()))
            + (" or " + NAMED + " " + argument(open.monthFirst())));
  }

  private static String argument(String pattern) {
    return pattern.indexOf(' ') < 0 && pattern.indexOf('\'') < 0 ? pattern : "\"" + pattern + "\"";
  }

  /** Fewer than nine in ten of the cells are times. */
  public static FormatException unread(
      Path file, long row, List<String> columns, String cell, ReadTimes times) {
    String understood =
        times.read() == 0
            ? "none of the " + times.millis().length + " is"
            : times.read() + (" of " + times.millis().length + " are, as " + times.format());
    return new FormatException(
        file,
        where(row, columns),
        "a time in 9 of 10 cells",
        quoted(cell.strip()),
        understood
            + ": correct the others, name other columns, or say how they are written: "
            + (NAMED + " dd/MM/yyyy"));
  }

  /** Cells that are not written by the pattern that was named. */
  public static FormatException notByPattern(
      Path file, long row, List<String> columns, String cell, ReadTimes times) {
    return new FormatException(
        file,
        where(row, columns),
        "a time as " + times.format() + " in 9 of 10 cells",
        quoted(cell.strip()),
        times.read() + " of " + times.millis().length + " are: correct " + NAMED);
  }

  public static FormatException pattern(Path file, String pattern, IllegalArgumentException cause) {
    return new FormatException(
        file,
        "",
        "a pattern of java.time, such as dd/MM/yyyy HH:mm",
        quoted(pattern),
        String.valueOf(cause.getMessage()),
        cause);
  }

  public static FormatException noColumns(Path file) {
    return new FormatException(file, "", "a column of times", "no name of one", "");
  }

  public static FormatException noRows(Path file, List<String> columns) {
    return new FormatException(file, names(columns), "rows of times", "none", "");
  }

  private static String where(long row, List<String> columns) {
    return "row " + row + ", " + names(columns);
  }

  private static String names(List<String> columns) {
    return columns.stream()
        .map(Phrases::quoted)
        .collect(Collectors.joining(", ", columns.size() == 1 ? "column " : "columns ", ""));
  }
}
