package dev.lanewise.lstm.train;

/** What is measured of the rows of an output beside its loss. */
public interface RowMetric {

  /**
   * What a row adds, as a part of what it can add.
   *
   * @param n its elements
   * @param p the prediction. Not modified.
   * @param y the target. Not modified.
   */
  double row(int n, double[] p, double[] y);
}
