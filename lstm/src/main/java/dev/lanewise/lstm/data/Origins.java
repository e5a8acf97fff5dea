package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows that forecasts are made in: the last of a window that crosses no gap.
 *
 * @param series which series each is in
 * @param row its row there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Origins(int[] series, int[] row) {

  int count() {
    return row.length;
  }

  /** Collects origins. */
  static final class Builder {
    private int[] series = new int[64];
    private int[] row = new int[64];
    private int count;

    void add(int ofSeries, int ofRow) {
      if (count == row.length) {
        series = Arrays.copyOf(series, 2 * count);
        row = Arrays.copyOf(row, 2 * count);
      }
      series[count] = ofSeries;
      row[count++] = ofRow;
    }

    boolean isEmpty() {
      return count == 0;
    }

    Origins build() {
      return new Origins(Arrays.copyOf(series, count), Arrays.copyOf(row, count));
    }
  }

  /**
   * Adds those of a series whose steps lie in some of its rows.
   *
   * @param from the first row that may be forecast
   * @param to the row after the last
   */
  static void add(
      Builder into, Recipe recipe, int index, Series series, int from, int to, boolean measured) {
    int back = recipe.rowsNeeded() - 1;
    int first = Math.max(back, from - recipe.firstStep());
    for (int t = first; t + recipe.lastStep() < to; t++) {
      if (series.isUnbroken(t - back, t + recipe.lastStep())
          && (!measured || isMeasured(recipe, series, t))) {
        into.add(index, t);
      }
    }
  }

  /** Whether neither its end nor a target is a row that was filled. */
  private static boolean isMeasured(Recipe recipe, Series series, int t) {
    for (int h = recipe.firstStep(); h <= recipe.lastStep(); h++) {
      if (!series.measured()[t + h]) {
        return false;
      }
    }
    return series.measured()[t];
  }

  /** Runs of origins of one series in rows that follow one another: from index, to index. */
  List<int[]> runs() {
    List<int[]> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= count(); i++) {
      boolean follows = i < count() && series[i] == series[i - 1] && row[i] == row[i - 1] + 1;
      if (!follows) {
        runs.add(new int[] {from, i});
        from = i;
      }
    }
    return count() == 0 ? List.of() : runs;
  }
}
