package dev.lanewise.lstm;

import dev.lanewise.lstm.train.OptimizerState;

/**
 * How gradients change weights. Immutable; the moments that it needs are the model's and begin anew
 * at {@link Sequential#compile}.
 */
public abstract sealed class Optimizer permits Adam, Sgd {
  Optimizer() {}

  /**
   * The factor of each update.
   *
   * @return above 0
   */
  public abstract double learningRate();

  /**
   * The largest Euclidean norm that the gradients of all weights together may have; longer ones are
   * scaled down to it, Keras's {@code global_clipnorm}.
   *
   * @return the norm, or infinity where gradients are not clipped
   */
  public abstract double globalClipNorm();

  /** What it remembers of so many weights' earlier gradients: nothing yet. */
  abstract OptimizerState state(long elements);
}
