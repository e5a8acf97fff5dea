package dev.lanewise.lstm.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills the missing numbers of a series, drops what comes before its columns begin and after its
 * targets end, and cuts it at gaps.
 *
 * @param frame where the numbers are
 * @param selection the columns, and what becomes of missing numbers
 * @param grid how rows follow one another
 * @param reading what is met
 * @param held the fraction of rows held back
 */
record SeriesFill(Frame frame, Selection selection, TimeGrid grid, Reading reading, double held) {

  Series fill(String name, GridRows all) {
    Set<String> numbers = selection.numbers(frame);
    int from = begin(name, all, numbers);
    int to = end(all);
    if (from >= to) {
      return new Series(
          name, new int[0], new long[0], Map.of(), Map.of(), new int[0], new boolean[0]);
    }
    int[] kept = kept(all, numbers, from, to);
    int[] rows = Arrays.stream(kept).map(i -> all.rows()[i]).toArray();
    long[] times =
        all.times().length == 0
            ? all.times()
            : Arrays.stream(kept).mapToLong(i -> all.times()[i]).toArray();
    int[] starts = starts(all, kept);
    boolean[] measured = new boolean[rows.length];
    Arrays.fill(measured, true);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String column : numbers) {
      columns.put(column, column(column, rows, starts, measured));
    }
    Map<String, String[]> texts = new LinkedHashMap<>();
    for (String column : selection.texts(frame)) {
      texts.put(column, text(column, rows));
    }
    return new Series(name, rows, times, columns, texts, starts, measured);
  }

  private boolean isMissing(String column, int row) {
    return row < 0 || Double.isNaN(frame.values(column)[row]);
  }

  /** The row from which on every column has begun. */
  private int begin(String name, GridRows all, Set<String> numbers) {
    int begin = 0;
    String latest = "";
    for (String column : numbers) {
      int at = 0;
      while (at < all.rows().length && isMissing(column, all.rows()[at])) {
        at++;
      }
      if (at > begin) {
        begin = at;
        latest = column;
      }
    }
    if (begin > 0 && begin < all.rows().length) {
      reading.begins(
          (begin == 1 ? "1 row" : begin + " rows")
              + " left out before \""
              + latest
              + "\" begins"
              + (name.isEmpty() ? "" : " in " + name));
    }
    return begin;
  }

  /** The row after the last that has a target. */
  private int end(GridRows all) {
    int end = all.rows().length;
    while (end > 0) {
      int row = all.rows()[end - 1];
      if (selection.targets().stream().allMatch(target -> !isMissing(target, row))) {
        break;
      }
      end--;
    }
    return end;
  }

  /**
   * The rows that stay: not those of a gap that is too long, nor any that lacks a number to drop.
   */
  private int[] kept(GridRows all, Set<String> numbers, int from, int to) {
    boolean[] leave = new boolean[to];
    boolean[] lacking = new boolean[to];
    for (String column : numbers) {
      int run = 0;
      for (int i = from; i <= to; i++) {
        if (i < to && isMissing(column, all.rows()[i])) {
          run++;
          lacking[i] = true;
          continue;
        }
        if (run > selection.longest() && i < to) {
          Arrays.fill(leave, i - run, i, true);
          reading.gap(run);
        }
        run = 0;
      }
    }
    int[] kept = new int[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      boolean drop = selection.fill() == Fill.DROP && lacking[i];
      if (drop && all.rows()[i] >= 0) {
        reading.dropped(1);
      }
      if (!leave[i] && !drop) {
        kept[count++] = i;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  private static int[] starts(GridRows all, int[] kept) {
    int[] starts = new int[kept.length];
    for (int i = 1; i < kept.length; i++) {
      boolean cut = kept[i] != kept[i - 1] + 1 || all.breaks()[kept[i]];
      starts[i] = cut ? i : starts[i - 1];
    }
    return starts;
  }

  private double[] column(String column, int[] rows, int[] starts, boolean[] measured) {
    double[] source = frame.values(column);
    double[] values = new double[rows.length];
    int missing = 0;
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i] < 0 ? Double.NaN : source[rows[i]];
      if (Double.isNaN(values[i])) {
        measured[i] = false;
        missing += rows[i] < 0 ? 0 : 1;
      }
    }
    reading.missing(missing);
    int split = rows.length - (int) Math.round(rows.length * held);
    for (int i = 0; i < rows.length; i++) {
      if (Double.isNaN(values[i])) {
        i = fillRun(values, starts, i, split);
      }
    }
    return values;
  }

  /** Fills the run of missing numbers that begins at a row; returns its last row. */
  private int fillRun(double[] values, int[] starts, int from, int split) {
    int to = from;
    while (to < values.length && Double.isNaN(values[to])) {
      to++;
    }
    // A stretch begins with a number but where another column's gap cut it: then what was before
    // holds.
    double before = from > 0 ? values[from - 1] : to < values.length ? values[to] : 0;
    boolean sides = to < values.length && starts[to] == starts[Math.max(0, from - 1)];
    boolean straddles = from <= split && to >= split;
    boolean line = selection.fill() == Fill.INTERPOLATE && sides && !straddles;
    for (int i = from; i < to; i++) {
      values[i] = line ? before + (values[to] - before) * (i - from + 1) / (to - from + 1) : before;
    }
    return to - 1;
  }

  private String[] text(String column, int[] rows) {
    List<String> source = frame.text(column);
    String[] texts = new String[rows.length];
    for (int i = 0; i < rows.length; i++) {
      String text = rows[i] < 0 ? "" : source.get(rows[i]);
      texts[i] = text.isEmpty() && i > 0 ? texts[i - 1] : text;
    }
    return texts;
  }
}
