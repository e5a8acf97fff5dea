package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says where numbers leave what a network was trained on. */
final class Ranges {
  private Ranges() {}

  /**
   * A sentence a column.
   *
   * @param from the first row of each series that is looked at
   * @param which the rows in words
   */
  static List<String> leaving(
      Recipe recipe, List<Series> series, List<Integer> from, String which) {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Recipe.Range> each : recipe.ranges().entrySet()) {
      Recipe.Range trained = each.getValue();
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < series.size(); i++) {
        // The target of a level alone need not be there.
        double[] values = series.get(i).numbers().getOrDefault(each.getKey(), new double[0]);
        for (int t = from.get(i); t < values.length; t++) {
          low = Math.min(low, values[t]);
          high = Math.max(high, values[t]);
        }
      }
      if (low < trained.low() || high > trained.high()) {
        lines.add(
            "\""
                + each.getKey()
                + "\" reaches from "
                + number(low)
                + " to "
                + number(high)
                + " in "
                + which
                + ", beyond the "
                + number(trained.low())
                + " to "
                + number(trained.high())
                + " of those trained on");
      }
    }
    return lines;
  }

  private static String number(double value) {
    return ForecastErrors.number(value).replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
  }
}
