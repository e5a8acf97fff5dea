package dev.lanewise.lstm.train;

/** {@code (p - y)^2}. */
public final class SquaredError implements RowLoss {
  @Override
  public double apply(int n, double[] p, double[] y, double[] slope) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = p[i] - y[i];
      slope[i] = 2 * d;
      sum += d * d;
    }
    return sum;
  }
}
