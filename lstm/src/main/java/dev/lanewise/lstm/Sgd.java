package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.SgdState;

/**
 * Stochastic gradient descent: {@code w -= learningRate * g}. With momentum, as Keras computes it,
 * {@code v = momentum * v - learningRate * g} and {@code w += v}; with Nesterov's (1983) {@code w
 * += momentum * v - learningRate * g}. Immutable.
 *
 * <p>PyTorch's velocity is without the learning rate. Both move weights alike while the rate stays
 * the same.
 */
public final class Sgd extends Optimizer {
  private final double momentum;
  private final boolean nesterov;

  private Sgd(Builder from) {
    super(from);
    this.momentum = from.momentum;
    this.nesterov = from.nesterov;
  }

  /**
   * Without momentum.
   *
   * @param learningRate above 0
   * @return the optimizer
   * @throws IllegalArgumentException when it is not above 0 and finite
   */
  public static Sgd of(double learningRate) {
    return builder().learningRate(learningRate).build();
  }

  /**
   * A builder that begins with Keras's defaults: learning rate 0.01, no momentum.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How much of the last change the next one keeps.
   *
   * @return at least 0, below 1
   */
  public double momentum() {
    return momentum;
  }

  /**
   * Whether weights go on by the change to come, as far as it is known.
   *
   * @return false unless set
   */
  public boolean nesterov() {
    return nesterov;
  }

  @Override
  OptimizerState state(ModelWeights weights) {
    return new SgdState(momentum, nesterov, weights.trainableElements());
  }

  /** Collects the settings of an {@link Sgd}. Not thread-safe. */
  public static final class Builder extends Optimizer.Builder<Builder> {
    private double momentum;
    private boolean nesterov;

    private Builder() {
      super("Sgd", 0.01);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets how much of the last change the next one keeps.
     *
     * @param value at least 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder momentum(double value) {
      this.momentum = Settings.fraction("Sgd", "momentum", value);
      return this;
    }

    /**
     * Sets whether weights go on by the change to come, as far as it is known. Does nothing without
     * momentum, as in Keras.
     *
     * @param value false unless set
     * @return this
     */
    public Builder nesterov(boolean value) {
      this.nesterov = value;
      return this;
    }

    @Override
    public Sgd build() {
      return new Sgd(this);
    }
  }
}
