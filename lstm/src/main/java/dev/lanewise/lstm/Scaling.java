package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * Brings each feature to a common scale, by numbers fitted on the training part, and back. Both
 * ways are also layers: a saved model that begins with {@link #normalization()} and ends with the
 * target's {@link #inverseNormalization()} takes and gives real units. Immutable.
 */
public sealed interface Scaling permits Standardization, MinMaxScaling {
  /**
   * Scales, in float32, the same bits as {@link #normalization()}.
   *
   * @param x (.., features), of any strides. Not modified
   * @return a new tensor of the same shape
   * @throws IllegalArgumentException when the last axis is not the features
   */
  Tensor transform(Tensor x);

  /**
   * Scales back, in float32, the same bits as {@link #inverseNormalization()}.
   *
   * @param y (.., features), of any strides. Not modified
   * @return a new tensor of the same shape
   * @throws IllegalArgumentException when the last axis is not the features
   */
  Tensor inverse(Tensor y);

  /**
   * The features in another choice or order, for instance the target alone.
   *
   * @param columns which features
   * @return a scaling of these
   * @throws IndexOutOfBoundsException when there is no such feature
   */
  Scaling select(int... columns);

  /**
   * The layer that does what {@link #transform} does, so that a saved model takes real units.
   *
   * @return a new layer
   */
  Normalization normalization();

  /**
   * The layer that does what {@link #inverse} does, so that a saved model gives real units.
   *
   * @return a new layer
   */
  Normalization inverseNormalization();
}
