package dev.lanewise.lstm;

/**
 * How gradients change weights. Immutable; the moments that it needs are the model's and begin anew
 * at {@link Sequential#compile}.
 */
public sealed interface Optimizer permits Adam, Sgd {

  /**
   * The factor of each update.
   *
   * @return above 0
   */
  double learningRate();

  /**
   * The largest Euclidean norm that the gradients of all weights together may have; longer ones are
   * scaled down to it, Keras's {@code global_clipnorm}.
   *
   * @return the norm, or infinity where gradients are not clipped
   */
  double globalClipNorm();
}
