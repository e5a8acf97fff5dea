package dev.lanewise.lstm;

import dev.lanewise.kernels.RmsPropSettings;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.RmsPropState;

/**
 * RMSprop (Tieleman and Hinton, 2012; centered: Graves, 2013, equations 38 to 41) as Keras computes
 * it:
 *
 * <pre>
 * v += (g^2 - v) * (1 - rho)
 * a += (g - a) * (1 - rho)                                        centered
 * d = sqrt(v + epsilon), or sqrt(v - a^2 + epsilon)               centered
 * w -= learningRate * g / d
 * b = momentum * b - learningRate * g / d; w += b                 instead, with momentum
 * </pre>
 *
 * <p>PyTorch adds epsilon to the root: {@link Builder#epsilonIsInside}. Its velocity is without the
 * learning rate. Both move weights alike while the rate stays the same. A variance that rounding
 * takes below 0 is 0 here, where Keras and PyTorch may give NaN. Immutable.
 */
public final class RmsProp extends Optimizer {
  private final double rho;
  private final double momentum;
  private final double epsilon;
  private final boolean epsilonIsInside;
  private final boolean centered;

  private RmsProp(Builder from) {
    super(from);
    this.rho = from.rho;
    this.momentum = from.momentum;
    this.epsilon = from.epsilon;
    this.epsilonIsInside = from.epsilonIsInside;
    this.centered = from.centered;
  }

  /**
   * Keras's defaults: learning rate 0.001, rho 0.9, no momentum, epsilon 1e-7, not centered.
   *
   * @return the optimizer
   */
  public static RmsProp of() {
    return builder().build();
  }

  /**
   * Keras's defaults with another learning rate.
   *
   * @param learningRate above 0
   * @return the optimizer
   * @throws IllegalArgumentException when it is not above 0 and finite
   */
  public static RmsProp of(double learningRate) {
    return builder().learningRate(learningRate).build();
  }

  /**
   * A builder that begins with Keras's defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How much of the mean square the next one keeps.
   *
   * @return at least 0, below 1
   */
  public double rho() {
    return rho;
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
   * What keeps the root from 0.
   *
   * @return above 0
   */
  public double epsilon() {
    return epsilon;
  }

  /**
   * Whether epsilon is added under the root, as Keras does, or to the root, as PyTorch.
   *
   * @return true unless set
   */
  public boolean epsilonIsInside() {
    return epsilonIsInside;
  }

  /**
   * Whether gradients are divided by their deviation instead of their root mean square.
   *
   * @return false unless set
   */
  public boolean centered() {
    return centered;
  }

  @Override
  OptimizerState state(ModelWeights weights) {
    RmsPropSettings settings =
        new RmsPropSettings(rho, momentum, epsilon, epsilonIsInside, centered);
    return new RmsPropState(settings, weights.trainableElements());
  }

  /** Collects the settings of an {@link RmsProp}. Not thread-safe. */
  public static final class Builder extends Optimizer.Builder<Builder> {
    private double rho = 0.9;
    private double momentum;
    private double epsilon = 1e-7;
    private boolean epsilonIsInside = true;
    private boolean centered;

    private Builder() {
      super("RmsProp", 1e-3);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets how much of the mean square the next one keeps, PyTorch's {@code alpha}.
     *
     * @param value at least 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder rho(double value) {
      this.rho = Settings.fraction("RmsProp", "rho", value);
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
      this.momentum = Settings.fraction("RmsProp", "momentum", value);
      return this;
    }

    /**
     * Sets what keeps the root from 0.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder epsilon(double value) {
      this.epsilon = Settings.positive("RmsProp", "epsilon", value);
      return this;
    }

    /**
     * Sets whether epsilon is added under the root, as Keras does, or to the root, as PyTorch,
     * whose {@code alpha} is 0.99 and whose {@code eps} is 1e-8.
     *
     * @param value true unless set
     * @return this
     */
    public Builder epsilonIsInside(boolean value) {
      this.epsilonIsInside = value;
      return this;
    }

    /**
     * Sets whether gradients are divided by their deviation instead of their root mean square.
     *
     * @param value false unless set
     * @return this
     */
    public Builder centered(boolean value) {
      this.centered = value;
      return this;
    }

    @Override
    public RmsProp build() {
      return new RmsProp(this);
    }
  }
}
