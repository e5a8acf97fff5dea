package dev.lanewise.lstm;

import dev.lanewise.kernels.AdamSettings;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.train.AdamWState;
import dev.lanewise.lstm.train.OptimizerState;
import java.util.List;

/**
 * Adam whose weights decay apart from the gradients (Loshchilov and Hutter, 2019), as Keras
 * computes it:
 *
 * <pre>
 * w -= learningRate * weightDecay * w        first
 * m += (g - m) * (1 - beta1)
 * v += (g^2 - v) * (1 - beta2)
 * w -= learningRate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
 * </pre>
 *
 * <p>PyTorch's {@code AdamW} has the same order. Its {@code weight_decay} is 0.01 and its {@code
 * eps} 1e-8, and {@link Builder#epsilonIsCorrected} adds that as it does. All trainable weights
 * decay, but those that {@link Builder#excludeFromWeightDecay} names. Immutable.
 */
public final class AdamW extends Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final boolean epsilonIsCorrected;
  private final double weightDecay;
  private final List<String> excluded;

  private AdamW(Builder from) {
    super(from);
    this.beta1 = from.beta1;
    this.beta2 = from.beta2;
    this.epsilon = from.epsilon;
    this.epsilonIsCorrected = from.epsilonIsCorrected;
    this.weightDecay = from.weightDecay;
    this.excluded = from.excluded;
  }

  /**
   * Keras's defaults: learning rate 0.001, weight decay 0.004, beta1 0.9, beta2 0.999, epsilon
   * 1e-7.
   *
   * @return the optimizer
   */
  public static AdamW of() {
    return builder().build();
  }

  /**
   * Keras's defaults with another learning rate.
   *
   * @param learningRate above 0
   * @return the optimizer
   * @throws IllegalArgumentException when it is not above 0 and finite
   */
  public static AdamW of(double learningRate) {
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

  /**
   * The part of itself that a weight loses in an update, times the learning rate.
   *
   * @return 0 or more
   */
  public double weightDecay() {
    return weightDecay;
  }

  /**
   * Which weights do not decay: those whose {@link Weight#name} contains one of these.
   *
   * @return the parts of names
   */
  public List<String> excludeFromWeightDecay() {
    return excluded;
  }

  @Override
  OptimizerState state(ModelWeights weights) {
    AdamSettings settings =
        new AdamSettings(beta1, beta2, epsilon, epsilonIsCorrected, weightDecay);
    return new AdamWState(settings, weights, name -> excluded.stream().anyMatch(name::contains));
  }

  /** Collects the settings of an {@link AdamW}. Not thread-safe. */
  public static final class Builder extends Optimizer.Builder<Builder> {
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-7;
    private boolean epsilonIsCorrected;
    private double weightDecay = 0.004;
    private List<String> excluded = List.of();

    private Builder() {
      super("AdamW", 1e-3);
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
      this.beta1 = Settings.fraction("AdamW", "beta1", value);
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
      this.beta2 = Settings.fraction("AdamW", "beta2", value);
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
      this.epsilon = Settings.positive("AdamW", "epsilon", value);
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

    /**
     * Sets the part of itself that a weight loses in an update, times the learning rate.
     *
     * @param value finite, 0 or more
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder weightDecay(double value) {
      this.weightDecay = Settings.notNegative("AdamW", "weightDecay", value);
      return this;
    }

    /**
     * Excludes weights from the decay, as Keras's {@code exclude_from_weight_decay}: {@code "bias"}
     * excludes {@code lstm/bias} and {@code dense/bias}.
     *
     * @param names parts of {@link Weight#name}; none for all weights to decay
     * @return this
     */
    public Builder excludeFromWeightDecay(String... names) {
      this.excluded = List.of(names);
      return this;
    }

    @Override
    public AdamW build() {
      return new AdamW(this);
    }
  }
}
