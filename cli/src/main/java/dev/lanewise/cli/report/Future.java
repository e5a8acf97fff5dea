package dev.lanewise.cli.report;

/** How much of the past stands before a forecast of what is still to come. */
final class Future {
  private static final int LEAST_PAST = 60;
  private static final int PAST_TO_FUTURE = 4;

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

  static Panel shortened(Panel panel) {
    return panel.from(firstRow(panel));
  }
}
