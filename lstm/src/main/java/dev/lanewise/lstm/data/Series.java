package dev.lanewise.lstm.data;

import java.util.Map;

/**
 * The rows of one series in the order of time, filled, and cut where a gap is too long to fill.
 *
 * @param name its key, empty where a table holds one series
 * @param rows the row of the frame that each is; -1 where the frame has none
 * @param times when each was; empty where that is not known
 * @param numbers a number a row of each column
 * @param texts a text a row of each column, empty where it is missing
 * @param starts the first row of the stretch that each row is in; nothing crosses its edge
 * @param measured whether each row has all of its numbers from the frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Series(
    String name,
    int[] rows,
    long[] times,
    Map<String, double[]> numbers,
    Map<String, String[]> texts,
    int[] starts,
    boolean[] measured) {

  int length() {
    return rows.length;
  }

  double[] column(String name) {
    double[] values = numbers.get(name);
    if (values == null) {
      throw ForecastErrors.noColumn(name, "numbers", numbers.keySet());
    }
    return values;
  }

  String[] text(String name) {
    String[] values = texts.get(name);
    if (values == null) {
      throw ForecastErrors.noColumn(name, "text", texts.keySet());
    }
    return values;
  }

  boolean isTimed() {
    return times.length > 0;
  }

  /** Whether rows from and to are in one stretch without a gap. */
  boolean isUnbroken(int from, int to) {
    return from >= 0 && to < rows.length && starts[from] == starts[to];
  }
}
