package dev.lanewise.lstm.train;

/** {@code -sum of y log p} over the classes. */
public enum CategoricalCrossentropy implements RowLoss {
  /** On p over its sum, held between 1e-7 and 1 - 1e-7. */
  OF_PROBABILITIES {
    @Override
    public double apply(int n, double[] p, double[] y, double[] slope) {
      double total = 0;
      for (int i = 0; i < n; i++) {
        total += p[i];
      }
      double sum = 0;
      double learning = 0; // targets of probabilities that were not held
      for (int i = 0; i < n; i++) {
        double share = p[i] / total;
        double q = held(share);
        sum -= y[i] * StrictMath.log(q);
        slope[i] = q == share ? -y[i] / p[i] : 0;
        learning += q == share ? y[i] : 0;
      }
      for (int i = 0; i < n; i++) {
        slope[i] += learning / total;
      }
      return sum;
    }
  },
  /** On z, of which the predictions are the softmax. */
  OF_LOGITS {
    @Override
    public double apply(int n, double[] z, double[] y, double[] slope) {
      double total = 0;
      double wanted = 0;
      for (int i = 0; i < n; i++) {
        slope[i] = z[i];
        total += y[i];
        wanted += y[i] * z[i];
      }
      double logSum = softmax(n, slope);
      for (int i = 0; i < n; i++) {
        slope[i] = total * slope[i] - y[i];
      }
      return total * logSum - wanted;
    }

    @Override
    public void predictions(int n, double[] z) {
      softmax(n, z);
    }
  };

  static double held(double share) {
    return Math.clamp(share, BinaryCrossentropy.SMALLEST, 1 - BinaryCrossentropy.SMALLEST);
  }

  /** Overwrites scores with probabilities; returns the logarithm of the sum of e^z. */
  static double softmax(int n, double[] z) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, z[i]);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      z[i] = StrictMath.exp(z[i] - largest);
      sum += z[i];
    }
    for (int i = 0; i < n; i++) {
      z[i] /= sum;
    }
    return largest + StrictMath.log(sum);
  }
}
