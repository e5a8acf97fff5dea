package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ElementwiseForward;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.Rectified;
import dev.lanewise.lstm.train.ElementwiseTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * A rectified linear unit with settings, Keras's {@code ReLU} and {@code LeakyReLU}:
 *
 * <pre>
 * y = min(x, maxValue)                  where x is above the threshold
 * y = negativeSlope * (x - threshold)   elsewhere
 * </pre>
 *
 * <p>On (batch, features) or (batch, timesteps, features), element by element. Immutable.
 */
public final class Relu extends Layer {
  static final LayerType TYPE =
      new Declaration<>(Relu.class, Builder::new, Builder::build)
          .number("maxValue", Relu::maxValue, (made, v) -> made.maxValue(v.floatValue()))
          .number(
              "negativeSlope", Relu::negativeSlope, (made, v) -> made.negativeSlope(v.floatValue()))
          .number("threshold", Relu::threshold, (made, v) -> made.threshold(v.floatValue()))
          .type();

  private final float maxValue;
  private final float negativeSlope;
  private final float threshold;

  private Relu(String name, Builder from) {
    super(name);
    this.maxValue = from.maxValue;
    this.negativeSlope = from.negativeSlope;
    this.threshold = from.threshold;
  }

  /**
   * The layer with Keras's defaults: {@code y = max(x, 0)}.
   *
   * @return a new layer
   */
  public static Relu of() {
    return builder().build();
  }

  /**
   * A leaky one: {@code y = x} above 0, {@code negativeSlope * x} below.
   *
   * @param negativeSlope 0 or more; the default of Keras's {@code LeakyReLU} is 0.3
   * @return a new layer
   * @throws IllegalArgumentException when it is below 0, or not finite
   */
  public static Relu leaky(float negativeSlope) {
    return builder().negativeSlope(negativeSlope).build();
  }

  /**
   * A builder that begins with Keras's defaults: no largest value, slope 0, threshold 0.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Relu named(String name) {
    return new Relu(name, toBuilder());
  }

  /**
   * What no output is above.
   *
   * @return infinity unless set
   */
  public float maxValue() {
    return maxValue;
  }

  /**
   * The slope below the threshold.
   *
   * @return 0 unless set
   */
  public float negativeSlope() {
    return negativeSlope;
  }

  /**
   * Above what an input passes as it is.
   *
   * @return 0 unless set
   */
  public float threshold() {
    return threshold;
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return builder()
        .maxValue(maxValue)
        .negativeSlope(negativeSlope)
        .threshold(threshold)
        .name(name());
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  private Rectified function() {
    return new Rectified(maxValue, negativeSlope, threshold);
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new ElementwiseForward(function(), in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new ElementwiseTraining(function(), place);
  }

  /** Collects the settings of a {@link Relu}. Not thread-safe. */
  public static final class Builder {
    private String name = "";
    private float maxValue = Float.POSITIVE_INFINITY;
    private float negativeSlope;
    private float threshold;

    private Builder() {}

    /**
     * Sets what no output is above.
     *
     * @param value 0 or more; infinity for no limit
     * @return this
     * @throws IllegalArgumentException when it is below 0, or NaN
     */
    public Builder maxValue(float value) {
      this.maxValue = Settings.notBelowZero("Relu", "maxValue", value);
      return this;
    }

    /**
     * Sets the slope below the threshold.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException when it is below 0, or not finite
     */
    public Builder negativeSlope(float value) {
      Settings.finite("Relu", "negativeSlope", value);
      this.negativeSlope = Settings.notBelowZero("Relu", "negativeSlope", value);
      return this;
    }

    /**
     * Sets above what an input passes as it is.
     *
     * @param value 0 or more
     * @return this
     * @throws IllegalArgumentException when it is below 0, or not finite
     */
    public Builder threshold(float value) {
      Settings.finite("Relu", "threshold", value);
      this.threshold = Settings.notBelowZero("Relu", "threshold", value);
      return this;
    }

    /**
     * Sets the name.
     *
     * @param value the name; empty to have one given by {@link Sequential}
     * @return this
     */
    public Builder name(String value) {
      this.name = value;
      return this;
    }

    /**
     * The layer.
     *
     * @return a new layer
     */
    public Relu build() {
      return new Relu(name, this);
    }
  }
}
