package dev.lanewise.lstm.train;

/**
 * The area under the receiver operating characteristic, by the rule of trapezia over 200
 * thresholds: Keras's {@code AUC}. An element of the target above 0.5 is positive.
 */
public final class AreaUnderCurve implements RowMetric {
  private static final int THRESHOLDS = 200;

  @Override
  public double row(int n, double[] p, double[] y) {
    return 0;
  }

  /** Of each class how many lie between two thresholds: negatives, then positives. */
  @Override
  public int counters() {
    return 2 * (THRESHOLDS + 1);
  }

  @Override
  public void count(int n, double[] p, double[] y, long[] counts) {
    for (int i = 0; i < n; i++) {
      counts[passed(p[i]) + (y[i] > 0.5 ? THRESHOLDS + 1 : 0)]++;
    }
  }

  /** How many thresholds a prediction is above; in float, as Keras finds it. */
  private static int passed(double p) {
    return (int) Math.clamp(Math.ceil((float) p * (THRESHOLDS - 1)), 1, THRESHOLDS);
  }

  @Override
  public double result(long[] counts) {
    long negatives = sum(counts, 0);
    long positives = sum(counts, THRESHOLDS + 1);
    double area = 0;
    double x = 0; // rates at a threshold above all
    double y = 0;
    long falsePositives = 0;
    long truePositives = 0;
    for (int passed = THRESHOLDS; passed > 0; passed--) { // thresholds from the last on
      falsePositives += counts[passed];
      truePositives += counts[THRESHOLDS + 1 + passed];
      double nextX = negatives == 0 ? 0 : (double) falsePositives / negatives;
      double nextY = positives == 0 ? 0 : (double) truePositives / positives;
      area += passed == THRESHOLDS ? 0 : (nextX - x) * (nextY + y) / 2;
      x = nextX;
      y = nextY;
    }
    return area;
  }

  private static long sum(long[] counts, int from) {
    long sum = 0;
    for (int i = from; i <= from + THRESHOLDS; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
