package dev.lanewise.lstm;

import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.SgdState;

/**
 * Stochastic gradient descent: {@code w -= learningRate * g}. With momentum, as Keras computes it,
 * {@code v = momentum * v - learningRate * g} and {@code w += v}. Immutable.
 */
public final class Sgd extends Optimizer {
  private final double learningRate;
  private final double momentum;
  private final double globalClipNorm;

  private Sgd(Builder from) {
    this.learningRate = from.learningRate;
    this.momentum = from.momentum;
    this.globalClipNorm = from.globalClipNorm;
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

  @Override
  public double learningRate() {
    return learningRate;
  }

  /**
   * How much of the last change the next one keeps.
   *
   * @return at least 0, below 1
   */
  public double momentum() {
    return momentum;
  }

  @Override
  public double globalClipNorm() {
    return globalClipNorm;
  }

  @Override
  OptimizerState state(long elements) {
    return new SgdState(momentum, elements);
  }

  /** Collects the settings of an {@link Sgd}. Not thread-safe. */
  public static final class Builder {
    private double learningRate = 0.01;
    private double momentum;
    private double globalClipNorm = Double.POSITIVE_INFINITY;

    private Builder() {}

    /**
     * Sets the learning rate.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder learningRate(double value) {
      this.learningRate = Settings.positive("Sgd", "learningRate", value);
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
     * Sets the largest norm of all gradients together.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder globalClipNorm(double value) {
      this.globalClipNorm = Settings.positive("Sgd", "globalClipNorm", value);
      return this;
    }

    /**
     * The optimizer.
     *
     * @return a new optimizer
     */
    public Sgd build() {
      return new Sgd(this);
    }
  }
}
