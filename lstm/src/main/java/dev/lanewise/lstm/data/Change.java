package dev.lanewise.lstm.data;

/**
 * What of a target is learned: its level, or its change on a base that is known when the forecast
 * is made. With {@code g} the number, or its logarithm:
 *
 * <pre>
 * level              g(t + h)
 * last               g(t + h) - g(t)
 * season m           g(t + h) - g(t + h - k m),  k the seasons that h needs
 * last and season m  g(t + h) - (g(t + h - k m) + k (g(t) - g(t - m)))
 * </pre>
 *
 * The network sees the same change from row to row. The last one is Box and Jenkins's airline model
 * (Time Series Analysis, 1970, chapter 9).
 *
 * @param last whether the last value is subtracted
 * @param season rows a season has, 0 where none is subtracted
 * @param log whether of the logarithm: where changes grow with the level
 */
public record Change(boolean last, int season, boolean log) {
  /** The level itself. */
  public static final Change LEVEL = new Change(false, 0, false);

  /** The change on the last value. */
  public static final Change LAST = new Change(true, 0, false);

  /**
   * Checks the season.
   *
   * @throws IllegalArgumentException when it is 1 or negative
   */
  public Change {
    if (season < 0 || season == 1) {
      throw ForecastErrors.season(season);
    }
  }

  /**
   * The same of the logarithm.
   *
   * @return what learns factors instead of differences
   */
  public Change ofLog() {
    return new Change(last, season, true);
  }

  /**
   * Whether it is the level that is learned.
   *
   * @return true where nothing is subtracted
   */
  public boolean isLevel() {
    return !last && season == 0;
  }

  /**
   * How many rows before a window are needed to know the change in its first.
   *
   * @return 0 or more
   */
  public int reach() {
    return (last ? 1 : 0) + season;
  }

  double in(double value) {
    return log ? StrictMath.log(value) : value;
  }

  double out(double value) {
    return log ? StrictMath.exp(value) : value;
  }

  /** What the network sees of row t. {@code g} as {@link #in} gives it. */
  double seen(double[] g, int t) {
    if (season == 0) {
      return last ? g[t] - g[t - 1] : g[t];
    }
    double change = g[t] - g[t - season];
    return last ? change - (g[t - 1] - g[t - 1 - season]) : change;
  }

  /** What is subtracted from row t + h, known at row t. */
  double base(double[] g, int t, int h) {
    if (season == 0) {
      return last ? g[t] : 0;
    }
    int at = ago(t, h, season);
    int seasons = (t + h - at) / season;
    return last ? g[at] + seasons * (g[t] - g[t - season]) : g[at];
  }

  /** The row that is the fewest seasons before row t + h, and known at row t. */
  static int ago(int t, int h, int season) {
    return t + h - (h + season - 1) / season * season;
  }

  /** The seasons that h steps need; 1 where there is none. */
  int seasons(int h) {
    return season == 0 ? 1 : (h + season - 1) / season;
  }

  /**
   * In words.
   *
   * @return for instance {@code the change of the logarithm on its last value}
   */
  @Override
  public String toString() {
    String of = log ? " of the logarithm" : "";
    if (isLevel()) {
      return log ? "the logarithm of the level" : "the level";
    }
    String on =
        season == 0
            ? "its last value"
            : last
                ? "its last value and its season of " + season
                : "its value " + season + " rows before";
    return "the change" + of + " on " + on;
  }
}
