package dev.lanewise.lstm.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills the missing numbers of a series, drops what comes before its columns begin and after its
 * targets end, and cuts it at gaps. A number is filled before rows are dropped: what is known of a
 * row that is dropped is known in the next one too.
 *
 * @param frame where the numbers are
 * @param selection the columns, and what becomes of missing numbers
 * @param reading what is met
 * @param held the fraction of rows held back
 */
record SeriesFill(Frame frame, Selection selection, Reading reading, double held) {

  Series fill(String name, GridRows all) {
    Set<String> numbers = selection.numbers(frame);
    int from = begin(name, all, numbers);
    int end = end(name, all, from);
    int to = current(name, all, numbers, end);
    int[] kept = from < to ? kept(all, numbers, from, to, end) : new int[0];
    boolean[] measured = new boolean[kept.length];
    Arrays.fill(measured, true);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String column : numbers) {
      columns.put(column, column(column, all, kept, end, measured));
    }
    Map<String, String[]> texts = new LinkedHashMap<>();
    for (String column : selection.texts(frame)) {
      texts.put(column, text(column, all, kept));
    }
    int[] rows = Arrays.stream(kept).map(i -> all.rows()[i]).toArray();
    long[] times =
        all.times().length == 0
            ? all.times()
            : Arrays.stream(kept).mapToLong(i -> all.times()[i]).toArray();
    return new Series(name, rows, times, columns, texts, starts(all, kept), measured);
  }

  /** Whether a row of the grid lacks a number of a column. */
  private static boolean isMissing(double[] values, int row) {
    return row < 0 || Double.isNaN(values[row]);
  }

  /** The row from which on every column has begun. */
  private int begin(String name, GridRows all, Set<String> numbers) {
    int begin = 0;
    String latest = "";
    for (String column : numbers) {
      double[] values = frame.values(column);
      int at = 0;
      while (at < all.rows().length && isMissing(values, all.rows()[at])) {
        at++;
      }
      if (at > begin) {
        begin = at;
        latest = column;
      }
    }
    if (begin > 0 && begin == all.rows().length) {
      reading.lost(name, "\"" + latest + "\" has no number");
    } else if (begin > 0) {
      reading.begins(name, latest, begin);
    }
    return begin;
  }

  /** The row after the last that has a number of every target. */
  private int end(String name, GridRows all, int begin) {
    List<double[]> targets = selection.targets().stream().map(frame::values).toList();
    int rows = all.rows().length;
    int end = rows;
    while (end > 0) {
      int last = all.rows()[end - 1];
      if (targets.stream().noneMatch(values -> isMissing(values, last))) {
        break;
      }
      end--;
    }
    if (begin < rows && end <= begin) {
      reading.lost(name, "no row has a number of every target once all columns have begun");
    } else if (begin < rows) {
      reading.ends(rows - end);
    }
    return end;
  }

  /** The row to which no column has ended long before: its last number says nothing there. */
  private int current(String name, GridRows all, Set<String> numbers, int end) {
    int current = end;
    String ended = "";
    for (String column : numbers) {
      double[] values = frame.values(column);
      int last = end;
      boolean overBreak = false;
      while (last > 0 && isMissing(values, all.rows()[last - 1])) {
        overBreak |= all.breaks()[--last];
      }
      if (last < current && (overBreak || end - last > selection.longest())) {
        current = last;
        ended = column;
      }
    }
    if (current < end) {
      reading.ended(name, ended, end - current);
    }
    return current;
  }

  /**
   * The rows that stay: not those of a gap that is too long, nor any that lacks a number to drop. A
   * gap may end after the last row that stays.
   */
  private int[] kept(GridRows all, Set<String> numbers, int from, int to, int end) {
    boolean[] leave = new boolean[end];
    boolean[] lacking = new boolean[to];
    for (String column : numbers) {
      mark(frame.values(column), all, from, lacking, leave);
    }
    boolean drops = selection.fill() == Fill.DROP;
    int[] kept = new int[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      boolean drop = drops && lacking[i];
      if (all.rows()[i] < 0 && (drop || !leave[i])) {
        reading.absent(1);
      } else if (drop) {
        reading.dropped(1);
      }
      if (!leave[i] && !drop) {
        kept[count++] = i;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** Marks the rows that lack a number, and those of them that are too many to fill. */
  private void mark(double[] values, GridRows all, int from, boolean[] lacking, boolean[] leave) {
    int to = lacking.length;
    int end = leave.length;
    int i = 0;
    while (i < from && isMissing(values, all.rows()[i])) {
      i++; // not begun
    }
    while (i < end) {
      int first = i;
      boolean afterBreak = false;
      while (i < end && isMissing(values, all.rows()[i])) {
        afterBreak |= all.breaks()[i++];
      }
      Arrays.fill(lacking, Math.min(first, to), Math.min(i, to), true);
      // A gap is from one number to the next, rows that the grid lacks included.
      boolean overBreak = afterBreak || (i < end && all.breaks()[i]);
      boolean far = overBreak || i - first > selection.longest();
      if (i > from && i < end && far) {
        Arrays.fill(leave, first, i, true);
        if (first < to && !overBreak && selection.fill() != Fill.DROP) {
          reading.gap(i - first);
        }
      }
      i++;
    }
  }

  private static int[] starts(GridRows all, int[] kept) {
    int[] starts = new int[kept.length];
    for (int i = 1; i < kept.length; i++) {
      boolean cut = kept[i] != kept[i - 1] + 1 || all.breaks()[kept[i]];
      starts[i] = cut ? i : starts[i - 1];
    }
    return starts;
  }

  private double[] column(String column, GridRows all, int[] kept, int end, boolean[] measured) {
    double[] source = frame.values(column);
    int missing = 0;
    for (int i = 0; i < kept.length; i++) {
      int row = all.rows()[kept[i]];
      if (isMissing(source, row)) {
        measured[i] = false;
        missing += row < 0 ? 0 : 1;
      }
    }
    reading.missing(missing);
    double[] filled = filled(source, all, kept, end);
    return Arrays.stream(kept).mapToDouble(i -> filled[i]).toArray();
  }

  /** A number a row of the grid up to the targets' end; NaN before the column begins. */
  private double[] filled(double[] source, GridRows all, int[] kept, int to) {
    int trained = Split.trained(kept.length, held);
    int split = trained < kept.length ? kept[trained] : to;
    double[] values = new double[to];
    for (int i = 0; i < to; i++) {
      values[i] = all.rows()[i] < 0 ? Double.NaN : source[all.rows()[i]];
    }
    int i = 0;
    while (i < to && Double.isNaN(values[i])) {
      i++;
    }
    while (i < to) {
      int first = i;
      while (i < to && Double.isNaN(values[i])) {
        i++;
      }
      boolean straddles = first < split && i >= split;
      boolean line = selection.fill() == Fill.INTERPOLATE && i < to && !straddles;
      if (first < i) {
        fill(values, first, i, line);
      }
      i++;
    }
    return values;
  }

  private static void fill(double[] values, int from, int to, boolean line) {
    double before = values[from - 1];
    for (int i = from; i < to; i++) {
      values[i] = line ? before + (values[to] - before) * (i - from + 1) / (to - from + 1) : before;
    }
  }

  /** The text of each row, or the last one before it. */
  private String[] text(String column, GridRows all, int[] kept) {
    List<String> source = frame.text(column);
    String[] texts = new String[kept.length];
    String last = "";
    int at = 0;
    for (int i = 0; at < kept.length; i++) {
      String text = all.rows()[i] < 0 ? "" : source.get(all.rows()[i]);
      last = text.isEmpty() ? last : text;
      if (kept[at] == i) {
        texts[at++] = last;
      }
    }
    return texts;
  }
}
