package dev.lanewise.lstm.train;

/** What a row of the output, one step of one sample, adds to a loss; in double. */
public enum RowLoss {
  SQUARED_ERROR {
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
  },
  ABSOLUTE_ERROR {
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
  },
  BINARY_CROSSENTROPY {
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
  BINARY_CROSSENTROPY_OF_LOGITS {
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
    void predictions(int n, double[] z) {
      for (int i = 0; i < n; i++) {
        z[i] = sigmoid(z[i]);
      }
    }

    private static double sigmoid(double z) {
      return 1 / (1 + StrictMath.exp(-z));
    }
  },
  CATEGORICAL_CROSSENTROPY {
    @Override
    public double apply(int n, double[] p, double[] y, double[] slope) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double q = Math.clamp(p[i], SMALLEST, 1 - SMALLEST);
        slope[i] = q == p[i] ? -y[i] / q : 0;
        sum -= y[i] * StrictMath.log(q);
      }
      return sum;
    }
  },
  /** On z, of which the predictions are the softmax. */
  CATEGORICAL_CROSSENTROPY_OF_LOGITS {
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
    void predictions(int n, double[] z) {
      softmax(n, z);
    }

    // Overwrites scores with probabilities; returns the logarithm of the sum of e^z.
    private static double softmax(int n, double[] z) {
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
  };

  /** What Keras clips probabilities to. */
  private static final double SMALLEST = 1e-7;

  /**
   * The sum over a row.
   *
   * @param n its elements
   * @param p the output. Not modified.
   * @param y the target. Not modified.
   * @param slope the derivative with respect to p. Overwritten.
   */
  public abstract double apply(int n, double[] p, double[] y, double[] slope);

  /** Overwrites a row of the output with the predictions that it stands for. */
  void predictions(int n, double[] p) {}
}
