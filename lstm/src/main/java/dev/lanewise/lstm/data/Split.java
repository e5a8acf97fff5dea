package dev.lanewise.lstm.data;

/** How many rows of a series are trained on; the latest are held back. */
final class Split {
  private Split() {}

  /**
   * The rows trained on.
   *
   * @param rows of the series
   * @param held the fraction held back: of anything above 0, one row at least
   */
  static int trained(int rows, double held) {
    long back = held == 0 ? 0 : Math.max(1, Math.round(rows * held));
    return (int) Math.max(0, rows - back);
  }
}
