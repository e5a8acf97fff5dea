package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One column, read as the times that it may be.
 *
 * <p>Numbers are times only where the name, or all of the rows, say so: measurements, years of
 * build and numbers of rows look like some of them.
 */
final class TimeColumn {
  /** Which part of a sample must be times for a column to be read; the whole must be 9 in 10. */
  private static final double LIKELY = 0.7;

  private static final int FEWEST_ROWS = 3;
  private static final int FIRST_LIKELY_YEAR = 1700;
  private static final int LAST_LIKELY_YEAR = 2150;
  private static final int FEWEST_RUNS = 5;

  private TimeColumn() {}

  /** The candidate that a column is, by itself; empty where it is none. */
  static Optional<TimeCandidate> candidate(int column, String name, List<String> cells) {
    if (TimeNames.isOtherEvent(name)) {
      return Optional.empty();
    }
    Optional<TimeCandidate> written = written(column, name, cells);
    if (written.isPresent()) {
      return written;
    }
    Optional<TimeCandidate> compact = compact(column, name, cells);
    if (compact.isPresent()) {
      return compact;
    }
    Optional<TimeCandidate> year = year(column, name, cells);
    if (year.isPresent()) {
      return year;
    }
    if (!TimeNames.hintDecimalYear(name)) {
      return Optional.empty();
    }
    Optional<TimeCandidate> epoch =
        TimeNames.hintTime(name)
            ? found(column, NumberTimes.read(cells, LIKELY, EpochTimes.ALL), 0, true)
            : Optional.empty();
    return epoch.isPresent()
        ? epoch
        : found(column, DecimalYears.read(cells, LIKELY), TimeCandidate.DECIMALS, true)
            .filter(decimal -> decimal.order().isSorted() && decimal.order().isUnique());
  }

  private static Optional<TimeCandidate> found(
      int column, Optional<ReadTimes> times, int tier, boolean hinted) {
    return times
        .filter(ReadTimes::suffices)
        .map(read -> TimeCandidate.of(List.of(column), read, tier, hinted));
  }

  private static Optional<TimeCandidate> written(int column, String name, List<String> cells) {
    boolean hinted = TimeNames.hintTime(name);
    Optional<ReadTimes> times = WrittenTimes.read(cells, LIKELY);
    boolean clocks = times.isPresent() && times.get().style() == TimeStyle.CLOCK;
    return found(column, times, clocks ? TimeCandidate.CLOCKS : TimeCandidate.DATES, hinted)
        .filter(found -> hinted || found.order().isSorted() || !isShort(found.times().format()));
  }

  /** Three short numbers, {@code 1.10.12}, may be a version. */
  private static boolean isShort(String format) {
    return !format.startsWith("ISO") && !format.contains("yyyy") && !format.contains("MMM");
  }

  private static Optional<TimeCandidate> compact(int column, String name, List<String> cells) {
    boolean hinted = TimeNames.hintTime(name);
    return found(
            column, NumberTimes.read(cells, LIKELY, CompactDates.ALL), TimeCandidate.DATES, hinted)
        .filter(
            found ->
                hinted || (isRunning(found.order()) && !found.times().format().equals("yyyyMM")));
  }

  private static boolean isRunning(RowOrder order) {
    return order.isSorted() && order.isUnique() && order.read() >= FEWEST_ROWS;
  }

  /**
   * A year by its name, where its rows run one way or restart at times, as those of series do one
   * below the other; or by its content, where each row is the next year.
   */
  private static Optional<TimeCandidate> year(int column, String name, List<String> cells) {
    boolean named = TimeNames.isYear(name);
    return found(column, NumberTimes.read(cells, LIKELY, YearTimes.ALL), TimeCandidate.DATES, named)
        .filter(found -> named ? runs(found.order()) : isNextYear(name, found.order()));
  }

  private static boolean runs(RowOrder order) {
    return FEWEST_RUNS * (long) Math.min(order.rises(), order.falls()) <= order.read();
  }

  private static boolean isNextYear(String name, RowOrder order) {
    return isRunning(order)
        && !TimeNames.isIdentifier(name)
        && order.read() == 1 + year(order.last()) - year(order.first())
        && year(order.first()) >= FIRST_LIKELY_YEAR
        && year(order.last()) <= LAST_LIKELY_YEAR;
  }

  private static int year(long millis) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis, TimeCell.DAY)).getYear();
  }
}
