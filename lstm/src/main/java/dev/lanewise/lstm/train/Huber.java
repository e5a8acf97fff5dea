package dev.lanewise.lstm.train;

/**
 * {@code 0.5 d^2} of {@code d = p - y} up to delta, {@code delta * (|d| - 0.5 delta)} beyond
 * (Huber, 1964).
 */
public final class Huber implements RowLoss {
  private final double delta;

  /** Of a delta above 0. */
  public Huber(double delta) {
    this.delta = delta;
  }

  @Override
  public double apply(int n, double[] p, double[] y, double[] slope) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = p[i] - y[i];
      double size = Math.abs(d);
      slope[i] = Math.clamp(d, -delta, delta);
      sum += size <= delta ? 0.5 * d * d : delta * (size - 0.5 * delta);
    }
    return sum;
  }
}
