package dev.lanewise.lstm;

import dev.lanewise.kernels.AdamSettings;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.train.AdamState;
import dev.lanewise.lstm.train.OptimizerState;

/**
 * Adam (Kingma and Ba, 2015) as Keras computes it:
 *
 * <pre>
 * m += (g - m) * (1 - beta1)
 * v += (g^2 - v) * (1 - beta2)
 * w -= learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
 * </pre>
 *
 * {@link Builder#epsilonIsCorrected} adds epsilon as PyTorch does. Immutable.
 */
public final class Adam extends Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final boolean epsilonIsCorrected;

  private Adam(Builder from) {
    super(from);
    this.beta1 = from.beta1;
    this.beta2 = from.beta2;
    this.epsilon = from.epsilon;
    this.epsilonIsCorrected = from.epsilonIsCorrected;
  }

  /**
   * Keras's defaults: learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1e-7.
   *
   * @return the optimizer
   */
  public static Adam of() {
    return builder().build();
  }

  /**
   * Keras's defaults with another learning rate.
   *
   * @param learningRate above 0
   * @return the optimizer
   * @throws IllegalArgumentException when it is not above 0 and finite
   */
  public static Adam of(double learningRate) {
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
   * Decay of the first moment.
   *
   * @return at least 0, below 1
   */
  public double beta1() {
    return beta1;
  }

  /**
   * Decay of the second moment.
   *
   * @return at least 0, below 1
   */
  public double beta2() {
    return beta2;
  }

  /**
   * What is added to the root of the second moment.
   *
   * @return above 0
   */
  public double epsilon() {
    return epsilon;
  }

  /**
   * Whether epsilon is added after the bias correction, as PyTorch does, or before it, as Keras.
   *
   * @return false unless set
   */
  public boolean epsilonIsCorrected() {
    return epsilonIsCorrected;
  }

  @Override
  OptimizerState state(ModelWeights weights) {
    AdamSettings settings = new AdamSettings(beta1, beta2, epsilon, epsilonIsCorrected, 0);
    return new AdamState(settings, weights.trainableElements());
  }

  /** Collects the settings of an {@link Adam}. Not thread-safe. */
  public static final class Builder extends Optimizer.Builder<Builder> {
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;
    private boolean epsilonIsCorrected;

    private Builder() {
      super("Adam", 1e-3);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the decay of the first moment.
     *
     * @param value at least 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder beta1(double value) {
      this.beta1 = Settings.fraction("Adam", "beta1", value);
      return this;
    }

    /**
     * Sets the decay of the second moment.
     *
     * @param value at least 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder beta2(double value) {
      this.beta2 = Settings.fraction("Adam", "beta2", value);
      return this;
    }

    /**
     * Sets what is added to the root of the second moment.
     *
     * @param value above 0 and finite
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder epsilon(double value) {
      this.epsilon = Settings.positive("Adam", "epsilon", value);
      return this;
    }

    /**
     * Sets whether epsilon is added after the bias correction: {@code w -= learningRate / (1 -
     * beta1^t) * m / (sqrt(v / (1 - beta2^t)) + epsilon)}, as PyTorch does. Its epsilon is 1e-8.
     *
     * @param value false unless set
     * @return this
     */
    public Builder epsilonIsCorrected(boolean value) {
      this.epsilonIsCorrected = value;
      return this;
    }

    @Override
    public Adam build() {
      return new Adam(this);
    }
  }
}
