package dev.lanewise.cli.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A series and its forecasts, to draw. NaN where there is no number.
 *
 * @param name what it is, such as {@code Passengers} or {@code store 3: sales}
 * @param at where each row stands, ascending: milliseconds since 1970 where the rows are dated,
 *     else row numbers. Not copied
 * @param actual what was measured; NaN where that is still to come. Not copied
 * @param forecast what the model said. Not copied
 * @param naive the last number known, as a forecast. Not copied
 * @param seasonal the number a season before, as a forecast; empty where there is no season. Not
 *     copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Panel(
    String name,
    double[] at,
    double[] actual,
    double[] forecast,
    double[] naive,
    double[] seasonal) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException when they differ; seasonal may be empty
   */
  public Panel {
    int rows = at.length;
    if (actual.length != rows
        || forecast.length != rows
        || naive.length != rows
        || (seasonal.length != rows && seasonal.length != 0)) {
      throw new IllegalArgumentException(
          "Panel "
              + name
              + ": "
              + rows
              + " rows, but actual has "
              + actual.length
              + ", forecast "
              + forecast.length
              + ", naive "
              + naive.length
              + ", seasonal "
              + seasonal.length);
    }
  }

  int rows() {
    return at.length;
  }

  /** The lines in the order in which they are drawn: the forecast comes last, so on top. */
  List<Line> lines() {
    return seasonal.length == 0
        ? List.of(Line.NAIVE, Line.ACTUAL, Line.FORECAST)
        : List.of(Line.NAIVE, Line.SEASONAL, Line.ACTUAL, Line.FORECAST);
  }

  /** Some of its rows. */
  Panel rows(int[] rows) {
    return new Panel(
        name,
        pick(at, rows),
        pick(actual, rows),
        pick(forecast, rows),
        pick(naive, rows),
        seasonal.length == 0 ? seasonal : pick(seasonal, rows));
  }

  private static double[] pick(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  /** The rows from one on. */
  Panel from(int row) {
    return rows(IntStream.range(Math.max(0, row), rows()).toArray());
  }

  /** The last row that was measured, where rows that are still to come follow it; else -1. */
  int lastKnown() {
    int last = rows() - 1;
    while (last >= 0 && Double.isNaN(actual[last])) {
      last--;
    }
    return last == rows() - 1 ? -1 : last;
  }

  /** The first row with a forecast; the number of rows where there is none. */
  int firstForecast() {
    int first = 0;
    while (first < rows() && Double.isNaN(forecast[first])) {
      first++;
    }
    return first;
  }
}
