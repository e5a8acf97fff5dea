package dev.lanewise.cli.report;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Makes rows fit to be drawn: fewer where they lie closer than can be seen, and lines that end at a
 * gap in time.
 */
final class Thinning {
  /** A step so many times the usual one is a gap. */
  private static final int GAP = 10;

  private static final double DAY = 24 * 60 * 60 * 1000;

  private Thinning() {}

  /**
   * About so many rows at most. Of each stretch the smallest and the largest number of each line
   * stay, so that no peak is lost, and a row without a number where there was one.
   */
  static Panel to(int most, Panel panel) {
    if (panel.rows() <= most) {
      return panel;
    }
    List<Line> lines = panel.lines();
    int stretches = Math.max(1, most / (3 * lines.size()));
    BitSet kept = new BitSet(panel.rows());
    kept.set(0);
    kept.set(panel.rows() - 1);
    for (int i = 0; i < stretches; i++) {
      int from = (int) ((long) panel.rows() * i / stretches);
      int to = (int) ((long) panel.rows() * (i + 1) / stretches);
      for (Line line : lines) {
        keep(kept, line.of(panel), from, to);
      }
    }
    return panel.rows(kept.stream().toArray());
  }

  private static void keep(BitSet kept, double[] values, int from, int to) {
    int least = -1;
    int greatest = -1;
    int none = -1;
    for (int i = from; i < to; i++) {
      if (Double.isNaN(values[i])) {
        none = none < 0 ? i : none;
        continue;
      }
      least = least < 0 || values[i] < values[least] ? i : least;
      greatest = greatest < 0 || values[i] > values[greatest] ? i : greatest;
    }
    for (int row : new int[] {least, greatest, none}) {
      if (row >= 0) {
        kept.set(row);
      }
    }
  }

  /** The means of so many rows each, up to the last row; numbers that are none do not count. */
  static Panel means(int each, Panel panel) {
    return each == 1
        ? panel
        : new Panel(
            panel.name(),
            means(each, panel.at()),
            means(each, panel.actual()),
            means(each, panel.forecast()),
            means(each, panel.naive()),
            means(each, panel.seasonal()));
  }

  /**
   * So many rows or some more: whole days of dated rows, or whole weeks where there is one a day.
   * Means of anything else would swing where the day and the week go in and out of step with them.
   */
  static int wholeCycles(int each, double[] millis) {
    double step = usualStep(millis);
    double cycle = (step < DAY ? DAY : 7 * DAY) / step;
    boolean fits = step > 0 && step <= DAY && cycle == Math.rint(cycle) && cycle <= 4.0 * each;
    return fits ? (int) (Math.ceil(each / cycle) * cycle) : each;
  }

  private static double[] means(int each, double[] values) {
    double[] means = new double[values.length / each];
    int left = values.length % each;
    for (int i = 0; i < means.length; i++) {
      int from = left + i * each;
      means[i] =
          Arrays.stream(values, from, from + each)
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
    }
    return means;
  }

  /** With a row without numbers in each gap in time, where a line must not go on. */
  static Panel broken(Panel panel) {
    double[] at = panel.at();
    double gap = GAP * usualStep(at);
    int[] gaps = new int[at.length];
    int count = 0;
    for (int i = 1; i < at.length; i++) {
      if (at[i] - at[i - 1] > gap) {
        gaps[count++] = i;
      }
    }
    int[] before = Arrays.copyOf(gaps, count);
    double[] middles = new double[count];
    Arrays.setAll(middles, i -> at[before[i] - 1] + (at[before[i]] - at[before[i] - 1]) / 2);
    return count == 0
        ? panel
        : new Panel(
            panel.name(),
            with(at, before, middles),
            with(panel.actual(), before, none(count)),
            with(panel.forecast(), before, none(count)),
            with(panel.naive(), before, none(count)),
            panel.seasonal().length == 0
                ? panel.seasonal()
                : with(panel.seasonal(), before, none(count)));
  }

  private static double usualStep(double[] at) {
    double[] steps = new double[Math.max(1, at.length - 1)];
    Arrays.setAll(steps, i -> at.length > 1 ? at[i + 1] - at[i] : 0);
    Arrays.sort(steps);
    return steps[steps.length / 2];
  }

  private static double[] none(int count) {
    double[] none = new double[count];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  private static double[] with(double[] values, int[] before, double[] more) {
    double[] all = new double[values.length + before.length];
    int done = 0;
    for (int i = 0; i < before.length; i++) {
      System.arraycopy(values, done, all, done + i, before[i] - done);
      all[before[i] + i] = more[i];
      done = before[i];
    }
    System.arraycopy(values, done, all, done + before.length, values.length - done);
    return all;
  }
}
