package dev.lanewise.lstm.train;

/** {@code -log p} of the class whose number the target is. */
public enum SparseCrossentropy implements RowLoss {
  /** On p over its sum, held between 1e-7 and 1 - 1e-7. */
  OF_PROBABILITIES {
    @Override
    public double apply(int n, double[] p, double[] y, double[] slope) {
      int wanted = (int) y[0];
      double total = 0;
      for (int i = 0; i < n; i++) {
        total += p[i];
      }
      double share = p[wanted] / total;
      double q = CategoricalCrossentropy.held(share);
      for (int i = 0; i < n; i++) {
        slope[i] = q == share ? 1 / total : 0;
      }
      slope[wanted] -= q == share ? 1 / p[wanted] : 0;
      return -StrictMath.log(q);
    }
  },
  /** On z, of which the predictions are the softmax. */
  OF_LOGITS {
    @Override
    public double apply(int n, double[] z, double[] y, double[] slope) {
      int wanted = (int) y[0];
      System.arraycopy(z, 0, slope, 0, n);
      double logSum = CategoricalCrossentropy.softmax(n, slope);
      slope[wanted] -= 1;
      return logSum - z[wanted];
    }

    @Override
    public void predictions(int n, double[] z) {
      CategoricalCrossentropy.softmax(n, z);
    }
  };
}
