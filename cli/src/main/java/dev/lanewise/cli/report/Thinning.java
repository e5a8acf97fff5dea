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
