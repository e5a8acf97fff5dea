package dev.lanewise.cli.report;

/** How much of the past stands before a forecast of what is still to come. */
final class Future {
  private static final int LEAST_PAST = 60;
  private static final int PAST_TO_FUTURE = 4;

  private static final int AT_ONCE = 2000;
  private static final int LAST = 500;

  private Future() {}

  /**
   * The first row to show: some rows before the first forecast, where none of them has a forecast
   * of its own.
   */
  static int firstRow(Panel panel) {
    int first = panel.firstForecast();
    int past = Math.max(LEAST_PAST, PAST_TO_FUTURE * (panel.rows() - first));
    return first == panel.rows() ? 0 : Math.max(0, first - past);
  }

  /** The first row that the page shows until all are asked for: what can be told apart. */
  static int firstRowAtOnce(Panel panel) {
    return panel.rows() > AT_ONCE
        ? Math.max(firstRow(panel), panel.rows() - LAST)
        : firstRow(panel);
  }

  static Panel shortened(Panel panel) {
    return panel.from(firstRow(panel));
  }
}
