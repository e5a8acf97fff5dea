package dev.lanewise.lstm.train;

/** {@code -(y log p + (1 - y) log(1 - p))}. */
public enum BinaryCrossentropy implements RowLoss {
  /** On p, held between 1e-7 and 1 - 1e-7. */
  OF_PROBABILITIES {
    @Override
    public double apply(int n, double[] p, double[] y, double[] slope) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double q = Math.clamp(p[i], SMALLEST, 1 - SMALLEST);
        slope[i] = q == p[i] ? (q - y[i]) / (q * (1 - q)) : 0;
        sum -= y[i] * StrictMath.log(q) + (1 - y[i]) * StrictMath.log1p(-q);
      }
      return sum;
    }
  },
  /** On z, of which the prediction is the sigmoid. */
  OF_LOGITS {
    @Override
    public double apply(int n, double[] z, double[] y, double[] slope) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        slope[i] = sigmoid(z[i]) - y[i];
        sum += Math.max(z[i], 0) - z[i] * y[i] + StrictMath.log1p(StrictMath.exp(-Math.abs(z[i])));
      }
      return sum;
    }

    @Override
    public void predictions(int n, double[] z) {
      for (int i = 0; i < n; i++) {
        z[i] = sigmoid(z[i]);
      }
    }

    private static double sigmoid(double z) {
      return 1 / (1 + StrictMath.exp(-z));
    }
  };

  /** What Keras clips probabilities to. */
  static final double SMALLEST = 1e-7;
}
