package dev.lanewise.lstm;

import dev.lanewise.lstm.train.RowMetric;

/**
 * What {@link Sequential#fit} and {@link Sequential#evaluate} measure beside the loss: a mean over
 * the prediction p and the target y. Padded steps of a masked sequence do not count.
 */
public enum Metric {
  /**
   * The part of the elements where {@code p > 0.5} is {@code y > 0.5}. With {@link
   * Loss#CATEGORICAL_CROSSENTROPY} it is the part of the rows whose largest p is where the largest
   * y is. Keras's {@code accuracy}.
   */
  ACCURACY("accuracy"),
  /** The mean of {@code |p - y|} over all elements. */
  MEAN_ABSOLUTE_ERROR("mae");

  private final String kerasName;

  Metric(String kerasName) {
    this.kerasName = kerasName;
  }

  /**
   * What Keras calls it in a history.
   *
   * @return for instance {@code accuracy}
   */
  public String kerasName() {
    return kerasName;
  }

  /** What it measures of a row, beside a loss. */
  RowMetric of(Loss loss) {
    return (n, p, y) -> row(loss, n, p, y);
  }

  /** What a row of n elements adds, as a part of what it can add. */
  double row(Loss loss, int n, double[] p, double[] y) {
    if (this == ACCURACY && loss == Loss.CATEGORICAL_CROSSENTROPY) {
      return largest(n, p) == largest(n, y) ? 1 : 0;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += this == ACCURACY ? (p[i] > 0.5 == y[i] > 0.5 ? 1 : 0) : Math.abs(p[i] - y[i]);
    }
    return sum / n;
  }

  private static int largest(int n, double[] values) {
    int at = 0;
    for (int i = 1; i < n; i++) {
      at = values[i] > values[at] ? i : at;
    }
    return at;
  }
}
