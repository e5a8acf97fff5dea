package dev.lanewise.lstm.train;

/**
 * {@code 0.5 * (s + (y - m)^2 / e^s)}, the negative logarithm of a normal distribution's density
 * but for its constant. The output has the means m of all targets, then the logarithms s of their
 * variances.
 */
public final class GaussianLikelihood implements RowLoss {
  @Override
  public double apply(int n, double[] p, double[] y, double[] slope) {
    int targets = n / 2;
    double sum = 0;
    for (int i = 0; i < targets; i++) {
      double d = p[i] - y[i];
      double s = p[targets + i];
      double scaled = d * StrictMath.exp(-s);
      slope[i] = scaled;
      slope[targets + i] = 0.5 * (1 - d * scaled);
      sum += 0.5 * (s + d * scaled);
    }
    return sum;
  }
}
