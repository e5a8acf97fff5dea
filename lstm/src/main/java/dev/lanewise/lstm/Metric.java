package dev.lanewise.lstm;

/**
 * What {@link Sequential#fit} and {@link Sequential#evaluate} measure beside the loss: a mean over
 * all elements of the prediction p and the target y. Padded steps of a masked sequence do not
 * count.
 */
public enum Metric {
  /** The part of the elements where {@code p > 0.5} is {@code y > 0.5}; Keras's binary accuracy. */
  ACCURACY("accuracy"),
  /** The mean of {@code |p - y|}. */
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

  /** What an element adds to the sum. */
  double value(double p, double y) {
    return switch (this) {
      case ACCURACY -> p > 0.5 == y > 0.5 ? 1 : 0;
      case MEAN_ABSOLUTE_ERROR -> Math.abs(p - y);
    };
  }
}
