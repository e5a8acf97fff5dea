package dev.lanewise.lstm.train;

/** {@code |p - y|}. */
public final class AbsoluteError implements RowLoss {
  @Override
  public double apply(int n, double[] p, double[] y, double[] slope) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = p[i] - y[i];
      slope[i] = Math.signum(d);
      sum += Math.abs(d);
    }
    return sum;
  }
}
