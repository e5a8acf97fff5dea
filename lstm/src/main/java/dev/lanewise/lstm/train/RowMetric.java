package dev.lanewise.lstm.train;

/**
 * What is measured of the rows of an output beside its loss: a mean over rows, or counts. Keeps
 * nothing: threads run it at once.
 */
public interface RowMetric {

  /**
   * What a row adds, as a part of what it can add.
   *
   * @param n elements of the prediction
   * @param p the prediction (n). Not modified.
   * @param y the target. Not modified.
   */
  double row(int n, double[] p, double[] y);

  /** What comes of the mean over all rows. */
  default double result(double mean) {
    return mean;
  }

  /** How many numbers it counts rather than a mean; 0 for a mean. */
  default int counters() {
    return 0;
  }

  /** Counts a row, where it counts. */
  default void count(int n, double[] p, double[] y, long[] counts) {}

  /** What comes of all counts, where it counts. */
  default double result(long[] counts) {
    return Double.NaN;
  }
}
