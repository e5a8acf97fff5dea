package dev.lanewise.cli.report;

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
  double[][] lines() {
    return seasonal.length == 0
        ? new double[][] {naive, actual, forecast}
        : new double[][] {naive, seasonal, actual, forecast};
  }
}
