package dev.lanewise.lstm;

import dev.lanewise.lstm.train.RowLoss;

/**
 * What {@link Sequential#fit} makes small: a mean over the prediction p and the target y. Padded
 * steps of a masked sequence do not count.
 */
public enum Loss {
  /** The mean of {@code (p - y)^2} over all elements; Keras's {@code mse}. */
  MEAN_SQUARED_ERROR("mse"),
  /** The mean of {@code |p - y|} over all elements; Keras's {@code mae}. */
  MEAN_ABSOLUTE_ERROR("mae"),
  /**
   * The mean of {@code -(y log p + (1 - y) log(1 - p))} over all elements, y from 0 to 1: Keras's
   * {@code binary_crossentropy}. For a last layer that gives probabilities, mostly {@code
   * Dense.of(1, Activation.SIGMOID)}. After a sigmoid {@link Dense} it trains on what goes into the
   * sigmoid, so that no saturation loses the gradient. Elsewhere p is clipped to [1e-7, 1 - 1e-7].
   */
  BINARY_CROSSENTROPY("binary_crossentropy"),
  /**
   * The mean over the rows of {@code -sum of y log p} over the classes, y from 0 to 1, mostly
   * {@link Labels#oneHot}: Keras's {@code categorical_crossentropy}. For a last layer {@link
   * Softmax}. After a softmax it trains on what goes into it; elsewhere p is clipped to [1e-7, 1 -
   * 1e-7].
   */
  CATEGORICAL_CROSSENTROPY("categorical_crossentropy");

  private final String kerasName;

  Loss(String kerasName) {
    this.kerasName = kerasName;
  }

  /**
   * What Keras calls it.
   *
   * @return for instance {@code mse}
   */
  public String kerasName() {
    return kerasName;
  }

  /** What a row of the predictions adds to it. */
  RowLoss rows() {
    return switch (this) {
      case MEAN_SQUARED_ERROR -> RowLoss.SQUARED_ERROR;
      case MEAN_ABSOLUTE_ERROR -> RowLoss.ABSOLUTE_ERROR;
      case BINARY_CROSSENTROPY -> RowLoss.BINARY_CROSSENTROPY;
      case CATEGORICAL_CROSSENTROPY -> RowLoss.CATEGORICAL_CROSSENTROPY;
    };
  }

  /** Whether the mean is over the rows rather than over all their elements. */
  boolean perRow() {
    return this == CATEGORICAL_CROSSENTROPY;
  }

  /** Whether targets are probabilities. */
  boolean needsProbabilities() {
    return this == BINARY_CROSSENTROPY || this == CATEGORICAL_CROSSENTROPY;
  }
}
