package dev.lanewise.lstm.train;

/**
 * {@code max(q * d, (q - 1) * d)} of {@code d = y - p} for each quantile q (Koenker and Bassett,
 * 1978). The output has the quantiles of the first target, then those of the second.
 */
public final class Pinball implements RowLoss {
  private final double[] quantiles;
  private final int middle; // the quantile that is nearest to the median

  /** Of quantiles between 0 and 1; not copied. */
  public Pinball(double[] quantiles) {
    this.quantiles = quantiles;
    int nearest = 0;
    for (int i = 1; i < quantiles.length; i++) {
      boolean nearer = Math.abs(quantiles[i] - 0.5) < Math.abs(quantiles[nearest] - 0.5);
      nearest = nearer ? i : nearest;
    }
    this.middle = nearest;
  }

  @Override
  public double apply(int n, double[] p, double[] y, double[] slope) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double q = quantiles[i % quantiles.length];
      double d = y[i / quantiles.length] - p[i];
      slope[i] = d > 0 ? -q : d < 0 ? 1 - q : 0;
      sum += Math.max(q * d, (q - 1) * d);
    }
    return sum;
  }

  /** The quantile nearest to the median of each target. */
  @Override
  public void predictions(int n, double[] p) {
    for (int target = 0; target < n / quantiles.length; target++) {
      p[target] = p[target * quantiles.length + middle];
    }
  }
}
