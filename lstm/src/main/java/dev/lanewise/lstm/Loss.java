package dev.lanewise.lstm;

import dev.lanewise.lstm.train.AbsoluteError;
import dev.lanewise.lstm.train.BinaryCrossentropy;
import dev.lanewise.lstm.train.CategoricalCrossentropy;
import dev.lanewise.lstm.train.GaussianLikelihood;
import dev.lanewise.lstm.train.Huber;
import dev.lanewise.lstm.train.Pinball;
import dev.lanewise.lstm.train.RowLoss;
import dev.lanewise.lstm.train.SparseCrossentropy;
import dev.lanewise.lstm.train.SquaredError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Sequential#fit} makes small: a mean over the prediction p and the target y. Padded
 * steps of a masked sequence do not count. Two are equal where name and numbers are. Immutable.
 */
public final class Loss {
  /** The mean of {@code (p - y)^2} over all elements; Keras's {@code mse}. */
  public static final Loss MEAN_SQUARED_ERROR =
      new Loss("mse", LossTargets.ALIKE, new SquaredError());

  /** The mean of {@code |p - y|} over all elements; Keras's {@code mae}. */
  public static final Loss MEAN_ABSOLUTE_ERROR =
      new Loss("mae", LossTargets.ALIKE, new AbsoluteError());

  /**
   * The mean of {@code -(y log p + (1 - y) log(1 - p))} over all elements, y from 0 to 1: Keras's
   * {@code binary_crossentropy}. For a last layer that gives probabilities, mostly {@code
   * Dense.of(1, Activation.SIGMOID)}. After a sigmoid it trains on what goes into the sigmoid, so
   * that no saturation loses the gradient. Elsewhere p is clipped to [1e-7, 1 - 1e-7].
   */
  public static final Loss BINARY_CROSSENTROPY =
      new Loss(
              "binary_crossentropy", LossTargets.PROBABILITIES, BinaryCrossentropy.OF_PROBABILITIES)
          .after(BinaryCrossentropy.OF_LOGITS, null);

  /**
   * The mean over the rows of {@code -sum of y log p} over the classes, y from 0 to 1, mostly
   * {@link Labels#oneHot}: Keras's {@code categorical_crossentropy}. For a last layer {@link
   * Softmax}. After a softmax it trains on what goes into it. Elsewhere p is divided by the sum of
   * its row, and clipped to [1e-7, 1 - 1e-7].
   */
  public static final Loss CATEGORICAL_CROSSENTROPY =
      new Loss(
              "categorical_crossentropy",
              LossTargets.SHARES,
              CategoricalCrossentropy.OF_PROBABILITIES)
          .after(null, CategoricalCrossentropy.OF_LOGITS);

  /**
   * As {@link #CATEGORICAL_CROSSENTROPY}, with the number of the class as the target, from 0 on:
   * Keras's {@code sparse_categorical_crossentropy}. Targets are (samples), or (samples, timesteps)
   * of sequences, float32 or int32.
   */
  public static final Loss SPARSE_CATEGORICAL_CROSSENTROPY =
      new Loss(
              "sparse_categorical_crossentropy",
              LossTargets.CLASS,
              SparseCrossentropy.OF_PROBABILITIES)
          .after(null, SparseCrossentropy.OF_LOGITS);

  /**
   * The mean over the targets of {@code 0.5 * (s + (y - m)^2 / e^s)}: the negative likelihood of a
   * normal distribution whose mean and variance are both learnt, but for the constant {@code 0.5
   * log 2 pi}. PyTorch's {@code GaussianNLLLoss}, of the logarithm s of the variance. For n targets
   * the output has 2 n features: the means m, then s.
   */
  public static final Loss GAUSSIAN_NLL =
      new Loss("gaussian_nll", LossTargets.HALF, new GaussianLikelihood());

  private final String name;
  private final List<Object> numbers; // what equal losses have alike, beside the name
  private final LossTargets targets;
  private final RowLoss rows;
  private final @Nullable RowLoss afterSigmoid;
  private final @Nullable RowLoss afterSoftmax;

  private Loss(String name, LossTargets targets, RowLoss rows) {
    this(name, List.of(), targets, rows, null, null);
  }

  private Loss(
      String name,
      List<Object> numbers,
      LossTargets targets,
      RowLoss rows,
      @Nullable RowLoss afterSigmoid,
      @Nullable RowLoss afterSoftmax) {
    this.name = name;
    this.numbers = numbers;
    this.targets = targets;
    this.rows = rows;
    this.afterSigmoid = afterSigmoid;
    this.afterSoftmax = afterSoftmax;
  }

  private Loss after(@Nullable RowLoss sigmoid, @Nullable RowLoss softmax) {
    return new Loss(name, numbers, targets, rows, sigmoid, softmax);
  }

  /**
   * The mean over all elements of {@code 0.5 d^2} for {@code d = p - y} up to delta, and of {@code
   * delta * (|d| - 0.5 delta)} beyond (Huber, 1964): Keras's {@code huber}, whose delta is 1.
   *
   * @param delta where it goes on as a line
   * @return the loss
   * @throws IllegalArgumentException when it is not above 0
   */
  public static Loss huber(double delta) {
    double checked = Settings.positive("Loss.huber", "delta", delta);
    return new Loss("huber", List.of(delta), LossTargets.ALIKE, new Huber(checked), null, null);
  }

  /**
   * The mean over quantiles and targets of {@code max(q d, (q - 1) d)} for {@code d = y - p}
   * (Koenker and Bassett, 1978). The output has the quantiles of the first target, then those of
   * the second: its features are a multiple of the quantiles. A metric takes of each target the
   * quantile nearest to 0.5.
   *
   * @param quantiles each between 0 and 1, such as 0.1, 0.5, 0.9
   * @return the loss
   * @throws IllegalArgumentException when there is none, or one is not between 0 and 1
   */
  public static Loss pinball(double... quantiles) {
    if (quantiles.length == 0) {
      throw LossErrors.noQuantiles();
    }
    List<Object> numbers = new ArrayList<>();
    for (double quantile : quantiles) {
      if (!(quantile > 0 && quantile < 1)) {
        throw LossErrors.quantile(quantile);
      }
      numbers.add(quantile);
    }
    LossTargets targets = LossTargets.oneOf(quantiles.length);
    return new Loss("pinball", numbers, targets, new Pinball(quantiles.clone()), null, null);
  }

  /**
   * A loss of your own: the mean over the rows of what the function gives. A target has the shape
   * of the prediction. What the function throws is the cause of an {@link IllegalStateException}. A
   * fit whose predictions are finite, but not their loss or its gradient, throws an {@link
   * ArithmeticException}.
   *
   * @param name what it is called
   * @param function of a row; two losses are equal where it is the same object
   * @return the loss
   */
  public static Loss of(String name, RowFunction function) {
    RowLoss rows = new OwnLoss(name, function);
    return new Loss(name, List.of(function), LossTargets.ROWS, rows, null, null);
  }

  /**
   * The same crossentropy on logits z, for a model without a sigmoid or softmax at its end: {@code
   * p = sigmoid(z)}, or {@code p = softmax(z)}. Metrics are those of p. Keras's {@code
   * from_logits=True}.
   *
   * @return the loss
   * @throws IllegalStateException when it is no crossentropy, or is of logits already
   */
  public Loss fromLogits() {
    RowLoss ofLogits = afterSigmoid != null ? afterSigmoid : afterSoftmax;
    if (ofLogits == null) {
      throw LossErrors.noLogits(this);
    }
    return new Loss(name, List.of("from logits"), targets, ofLogits, null, null);
  }

  /**
   * What Keras calls it.
   *
   * @return for instance {@code mse}; of a loss that Keras has not, its name
   */
  public String kerasName() {
    return name;
  }

  /** Whether a {@link RowFunction} gives it. */
  boolean isOwn() {
    return rows.isOwn();
  }

  /** What a row of the predictions adds to it. */
  RowLoss rows() {
    return rows;
  }

  /** What it takes as a target. */
  LossTargets targets() {
    return targets;
  }

  /** The same loss of what goes into a sigmoid before it; or null. */
  @Nullable RowLoss afterSigmoid() {
    return afterSigmoid;
  }

  /** The same loss of what goes into a softmax before it; or null. */
  @Nullable RowLoss afterSoftmax() {
    return afterSoftmax;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Loss loss && loss.name.equals(name) && loss.numbers.equals(numbers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, numbers);
  }

  /**
   * Shows the name and the numbers.
   *
   * @return for instance {@code mse}, or {@code huber[0.5]}
   */
  @Override
  public String toString() {
    return numbers.isEmpty() || isOwn() ? name : name + numbers;
  }
}
