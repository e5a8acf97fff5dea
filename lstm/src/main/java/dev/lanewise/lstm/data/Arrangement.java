package dev.lanewise.lstm.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A frame's rows put in order: by series, by time, on the grid of their times, gaps known.
 *
 * @param series the series, by name: the order of the frame's rows shall not matter
 * @param grid how rows follow one another
 * @param lines what was met, in sentences
 */
record Arrangement(List<Series> series, TimeGrid grid, List<String> lines) {

  /**
   * Arranges a frame.
   *
   * @param known how rows follow one another; null where that is to be found
   * @param held the fraction of rows held back: nothing before it is filled from what comes after
   * @throws IllegalArgumentException when no row is left, or a row does not lie on the known grid
   */
  static Arrangement of(Frame frame, Selection selection, @Nullable TimeGrid known, double held) {
    Reading reading = new Reading();
    List<int[]> ordered = new ArrayList<>();
    Map<String, List<Integer>> groups = groups(frame, selection.series(), reading);
    for (List<Integer> group : groups.values()) {
      ordered.add(order(frame, group, reading));
    }
    TimeGrid grid = known == null ? GridFinder.find(frame, ordered) : known;
    List<Series> series = new ArrayList<>();
    int at = 0;
    for (String name : groups.keySet()) {
      GridRows rows = GridRows.of(frame, ordered.get(at++), grid, selection.longest(), reading);
      SeriesFill filled = new SeriesFill(frame, selection, reading, held);
      Series each = filled.fill(name, rows);
      if (each.length() > 0) {
        series.add(each);
      }
    }
    if (series.isEmpty() && reading.isLost()) {
      throw ForecastErrors.nothingLeft(reading.lost());
    }
    return new Arrangement(List.copyOf(series), grid, reading.lines(selection.fill(), grid));
  }

  private static Map<String, List<Integer>> groups(Frame frame, String column, Reading reading) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    List<String> keys = column.isEmpty() ? List.of() : frame.text(column);
    for (int row = 0; row < frame.rows(); row++) {
      String key = keys.isEmpty() ? "" : keys.get(row);
      if (key.isEmpty() && !keys.isEmpty()) {
        reading.nameless(column);
      } else {
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
      }
    }
    return groups;
  }

  /** Rows in the order of time, each time once. */
  private static int[] order(Frame frame, List<Integer> rows, Reading reading) {
    if (!frame.isTimed()) {
      return rows.stream().mapToInt(i -> i).toArray();
    }
    int falls = 0;
    for (int i = 1; i < rows.size(); i++) {
      falls += frame.time(rows.get(i)) < frame.time(rows.get(i - 1)) ? 1 : 0;
    }
    if (falls > 0) {
      reading.unsorted(2 * falls > rows.size());
      rows.sort(
          Comparator.comparingLong(frame::time)); // stable: of equal ones the first stays first
    }
    int[] distinct = new int[rows.size()];
    int count = 0;
    for (int row : rows) {
      if (count == 0 || frame.time(row) != frame.time(distinct[count - 1])) {
        distinct[count++] = row;
      }
    }
    reading.repeats(rows.size() - count);
    return Arrays.copyOf(distinct, count);
  }
}
