package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A window of numbers as a series of its own. */
final class ArraySeries {
  private ArraySeries() {}

  /**
   * Makes the series.
   *
   * @param rows a number a column of the recipe, the latest row last
   */
  static Series of(Recipe recipe, double[][] rows) {
    if (rows.length != recipe.rowsNeeded()) {
      throw ForecastErrors.lookBack("", rows.length, recipe.rowsNeeded());
    }
    List<String> columns = new ArrayList<>(recipe.columns());
    Map<String, double[]> numbers = new LinkedHashMap<>();
    boolean[] measured = new boolean[rows.length];
    Arrays.fill(measured, true);
    for (int column = 0; column < columns.size(); column++) {
      double[] values = new double[rows.length];
      for (int t = 0; t < values.length; t++) {
        if (rows[t].length != columns.size() || !Double.isFinite(rows[t][column])) {
          throw ForecastErrors.array(t, rows[t], columns);
        }
        values[t] = rows[t][column];
      }
      numbers.put(columns.get(column), values);
    }
    int[] at = new int[rows.length];
    Arrays.setAll(at, t -> t);
    return new Series("", at, new long[0], numbers, Map.of(), new int[rows.length], measured);
  }
}
