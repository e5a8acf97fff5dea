package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.CellLayout;
import dev.lanewise.formats.dates.DateShape;
import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A column of times that are written out: dates, times of day, or both. Not of bare numbers.
 *
 * <p>The cells of a column are written alike. What is written otherwise than most is no time, so
 * that {@code 11:34} among days is not the start of 1970. A time of day may be left out of some.
 */
final class WrittenTimes {
  private static final int SAMPLE = 200;
  private static final int ALL_YEARS = 100;
  private static final int SIXTY = 60;

  private final List<String> cells;
  private final CellLayout layout;
  private final boolean clockOnly;
  private final TimeCell cell = new TimeCell();
  private final boolean[] shortYears = new boolean[ALL_YEARS];
  private final DayOrder.Evidence evidence = new DayOrder.Evidence();
  private int firstYear;
  private boolean clocks;
  private int leastOffset = Integer.MAX_VALUE;
  private int largestOffset = Integer.MIN_VALUE;

  private WrittenTimes(List<String> cells, CellLayout layout, boolean clockOnly) {
    this.cells = cells;
    this.layout = layout;
    this.clockOnly = clockOnly;
  }

  /**
   * Reads a column.
   *
   * @param least which part of a sample must be times for the whole to be read
   * @return the times; empty where too few are
   */
  static Optional<ReadTimes> read(List<String> cells, double least) {
    Optional<ReadTimes> dates = read(cells, least, false);
    if (dates.isPresent() && dates.get().suffices()) {
      return dates;
    }
    Optional<ReadTimes> clocks = read(cells, least, true);
    return ReadTimes.more(dates, clocks);
  }

  private static Optional<ReadTimes> read(List<String> cells, double least, boolean clockOnly) {
    List<String> sample = ReadTimes.sample(cells, SAMPLE);
    return layouts(sample, clockOnly).entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(most -> most.getValue() >= least * sample.size())
        .map(most -> new WrittenTimes(cells, most.getKey(), clockOnly).read());
  }

  private static Map<CellLayout, Integer> layouts(List<String> sample, boolean clockOnly) {
    Map<CellLayout, Integer> layouts = new HashMap<>();
    TimeCell cell = new TimeCell();
    for (String text : sample) {
      if (clockOnly ? cell.scanClock(text) : cell.scan(text)) {
        layouts.merge(CellLayout.of(cell), 1, Integer::sum);
      }
    }
    return layouts;
  }

  private ReadTimes read() {
    survey();
    Optional<DayOrder> order = evidence.decide();
    long[] millis = millis(order.orElse(DayOrder.DAY_FIRST), false);
    if (layout.shape() != DateShape.TWO_NUMBERS || order.isPresent()) {
      return result(millis, order.orElse(DayOrder.DAY_FIRST));
    }
    long[] other = millis(DayOrder.MONTH_FIRST, false);
    if (Arrays.equals(millis, other)) {
      return result(millis, DayOrder.DAY_FIRST);
    }
    if (evidence.isMixed()) {
      return mixed(millis, other);
    }
    order = DayOrder.decide(millis, other);
    return order.isEmpty()
        ? result(millis, DayOrder.DAY_FIRST).opened(open(millis, other))
        : result(order.get() == DayOrder.DAY_FIRST ? millis : other, order.get());
  }

  private boolean scan(String text) {
    return (clockOnly ? cell.scanClock(text) : cell.scan(text)) && layout.isOf(cell);
  }

  /** What the whole column says of its order, its century and its zones. */
  private void survey() {
    for (String text : cells) {
      if (!scan(text)) {
        continue;
      }
      if (cell.shape == DateShape.TWO_NUMBERS) {
        evidence.add(cell.month, cell.day);
      }
      if (cell.shortYear) {
        shortYears[cell.year] = true;
      }
      clocks |= cell.clock != TimeCell.NO_CLOCK;
      leastOffset = Math.min(leastOffset, cell.offset);
      largestOffset = Math.max(largestOffset, cell.offset);
    }
    firstYear = ShortYears.first(shortYears);
  }

  private long[] millis(DayOrder order, boolean local) {
    long[] millis = new long[cells.size()];
    for (int row = 0; row < millis.length; row++) {
      millis[row] = scan(cells.get(row)) ? time(order, local) : TimeCell.NONE;
    }
    return millis;
  }

  private long time(DayOrder order, boolean local) {
    int clock = Math.max(0, cell.clock);
    if (cell.shape == DateShape.NONE) {
      return clock;
    }
    int year = cell.shortYear ? ShortYears.year(cell.year, firstYear) : cell.year;
    long midnight =
        cell.shape == DateShape.TWO_NUMBERS
            ? order.midnight(year, cell.month, cell.day)
            : TimeCell.midnight(year, cell.month, cell.day);
    return midnight == TimeCell.NONE
        ? TimeCell.NONE
        : midnight + clock - (local ? 0 : cell.offset * TimeCell.MINUTE);
  }

  private ReadTimes result(long[] millis, DayOrder order) {
    String format = format(order);
    if (!layout.zoned()) {
      TimeStyle style = layout.shape().style();
      boolean timed = style == TimeStyle.DATE && clocks;
      return ReadTimes.of(millis, timed ? TimeStyle.DATE_TIME : style, format);
    }
    if (leastOffset != largestOffset) {
      // Days that begin at midnight here are no even steps in UTC where the clock is changed.
      long[] local = millis(order, true);
      if (isSameTimeOfDay(local)) {
        return ReadTimes.of(local, TimeStyle.DATE_TIME, format + ", local");
      }
    }
    return ReadTimes.of(millis, TimeStyle.INSTANT, format);
  }

  private static boolean isSameTimeOfDay(long[] millis) {
    long clock = -1;
    for (long time : millis) {
      if (time != TimeCell.NONE) {
        long here = Math.floorMod(time, TimeCell.DAY);
        if (clock >= 0 && here != clock) {
          return false;
        }
        clock = here;
      }
    }
    return true;
  }

  private String format(DayOrder order) {
    for (String text : cells) {
      if (scan(text) && (cell.clock != TimeCell.NO_CLOCK || !clocks)) {
        String zone = layout.zoned() ? " with " + zone(text) : "";
        String pattern = pattern(text, order).strip();
        boolean iso = pattern.startsWith("yyyy-MM-dd");
        return (iso ? "ISO" : pattern) + zone;
      }
    }
    return "";
  }

  private String pattern(String text, DayOrder order) {
    return order.pattern(TimeCell.pattern(text, clockOnly));
  }

  private String zone(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    if (leastOffset != largestOffset) {
      return "offsets";
    }
    if (leastOffset == 0) {
      for (String name : List.of("UTC", "GMT", "Z")) {
        if (upper.endsWith(name)) {
          return name;
        }
      }
    }
    return ZoneOffset.ofTotalSeconds(leastOffset * SIXTY).toString().replace("Z", "+00:00");
  }

  private OpenOrder open(long[] dayFirst, long[] monthFirst) {
    int row = 0;
    while (dayFirst[row] == TimeCell.NONE || dayFirst[row] == monthFirst[row]) {
      row++;
    }
    String text = cells.get(row);
    return new OpenOrder(
        row,
        text,
        pattern(text, DayOrder.DAY_FIRST),
        pattern(text, DayOrder.MONTH_FIRST),
        TimeStyle.DATE.format(dayFirst[row]),
        TimeStyle.DATE.format(monthFirst[row]),
        "");
  }

  /** A column of both orders: each cell that one of them reads is a date, but which is open. */
  private ReadTimes mixed(long[] dayFirst, long[] monthFirst) {
    int row = 0;
    String other = "";
    long[] either = dayFirst.clone();
    for (int i = either.length - 1; i >= 0; i--) {
      if (dayFirst[i] == TimeCell.NONE && monthFirst[i] != TimeCell.NONE) {
        either[i] = monthFirst[i];
        row = i;
      } else if (dayFirst[i] != TimeCell.NONE && monthFirst[i] == TimeCell.NONE) {
        other = cells.get(i);
      }
    }
    String text = cells.get(row);
    String pattern = pattern(text, DayOrder.MONTH_FIRST);
    return result(either, DayOrder.DAY_FIRST)
        .opened(new OpenOrder(row, text, pattern, pattern, "", "", other));
  }
}
