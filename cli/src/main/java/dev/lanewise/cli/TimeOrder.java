package dev.lanewise.cli;

import dev.lanewise.formats.CsvTable;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a table whose newest row is the first: what would be learned, or run, is time backwards.
 *
 * <p>A column of dates is one of which nine cells in ten are: {@code 2020-12-31} or {@code
 * 2020-12}, {@code 31/12/2020} or {@code 12/31/2020} (also with points or dashes), with or without
 * a time of day. Which of the two a column has, its days above 12 say; where none is, both.
 */
final class TimeOrder {
  private static final double MOST = 0.9;
  private static final Pattern YEAR_FIRST = // not 1013.5, a number
      Pattern.compile("(\\d{4})(?:([-/.])(\\d{1,2})\\2(\\d{1,2})|[-/](\\d{1,2}))(?:[T ]+(.*))?");
  private static final Pattern YEAR_LAST =
      Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})(?:[T ]+(.*))?");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d+)?)?.*");

  private TimeOrder() {}

  /** What a column of dates does from row to row. */
  private enum Run {
    FORWARD,
    BACKWARD,
    NEITHER
  }

  /** Refuses a table of which a column of dates runs backwards, and none forwards. */
  static void check(CsvTable table, Path file) {
    String backward = null;
    for (String column : table.columns()) {
      if (table.columns().indexOf(column) != table.columns().lastIndexOf(column)) {
        continue; // cannot be asked for
      }
      Run run = run(table.text(column));
      if (run == Run.FORWARD) {
        return;
      }
      backward = run == Run.BACKWARD && backward == null ? column : backward;
    }
    if (backward != null) {
      List<String> cells = table.text(backward);
      throw new InputException(
          file
              + ", column \""
              + backward
              + "\": expected the oldest row first, got dates that run backwards, from "
              + cells.getFirst().strip()
              + " to "
              + cells.getLast().strip()
              + "; sort the rows by it, the oldest first");
    }
  }

  private static Run run(List<String> cells) {
    Run first = run(cells, true);
    Run other = run(cells, false);
    return first == other || other == Run.NEITHER
        ? first
        : first == Run.NEITHER ? other : Run.NEITHER;
  }

  private static Run run(List<String> cells, boolean dayFirst) {
    List<LocalDateTime> times = new ArrayList<>();
    for (String cell : cells) {
      LocalDateTime time = time(cell.strip(), dayFirst);
      if (time != null) {
        times.add(time);
      }
    }
    if (times.size() < 2 || times.size() < MOST * cells.size()) {
      return Run.NEITHER;
    }
    int up = 0;
    int down = 0;
    for (int i = 1; i < times.size(); i++) {
      int step = times.get(i).compareTo(times.get(i - 1));
      up += step > 0 ? 1 : 0;
      down += step < 0 ? 1 : 0;
    }
    return up > MOST * (up + down)
        ? Run.FORWARD
        : down > 0 && down >= MOST * (up + down) ? Run.BACKWARD : Run.NEITHER;
  }

  private static @Nullable LocalDateTime time(String cell, boolean dayFirst) {
    try {
      Matcher year = YEAR_FIRST.matcher(cell);
      if (year.matches()) {
        String day = year.group(4);
        return day == null
            ? at(year.group(1), year.group(5), "1", year.group(6))
            : at(year.group(1), year.group(3), day, year.group(6));
      }
      Matcher last = YEAR_LAST.matcher(cell);
      return !last.matches()
          ? null
          : dayFirst
              ? at(last.group(4), last.group(3), last.group(1), last.group(5))
              : at(last.group(4), last.group(1), last.group(3), last.group(5));
    } catch (DateTimeException e) {
      return null; // a month 13
    }
  }

  private static LocalDateTime at(String year, String month, String day, @Nullable String clock) {
    LocalDate date =
        LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
    Matcher time = CLOCK.matcher(clock == null ? "" : clock);
    if (!time.matches()) {
      return date.atStartOfDay();
    }
    String seconds = time.group(3);
    return date.atTime(
        LocalTime.of(
            Integer.parseInt(time.group(1)),
            Integer.parseInt(time.group(2)),
            seconds == null ? 0 : Integer.parseInt(seconds)));
  }
}
