package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.LayerNormalizationForward;
import dev.lanewise.lstm.train.LayerNormalizationTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the features of each timestep of each sample to mean 0 and variance 1, then scales and
 * shifts them by what it learns (Ba, Kiros and Hinton, 2016):
 *
 * <pre>
 * y = (x - mean) / sqrt(variance + epsilon) * gamma + beta
 * </pre>
 *
 * <p>Mean and biased variance go over the last axis, Keras's {@code axis=-1}. A timestep depends on
 * no other, so a mask changes nothing and passes.
 *
 * <p>On (batch, features) or (batch, timesteps, features). Its weights are {@code gamma}
 * (features), ones at first, and {@code beta} (features), zeros at first. Immutable.
 */
public final class LayerNormalization extends Layer {
  static final LayerType TYPE =
      new Declaration<>(LayerNormalization.class, LayerNormalization::builder, Builder::build)
          .number("epsilon", LayerNormalization::epsilon, (b, v) -> b.epsilon(v.doubleValue()))
          .truth("center", LayerNormalization::center, Builder::center)
          .truth("scale", LayerNormalization::scale, Builder::scale)
          .leftOut()
          .forTraining()
          .truth("trainable", LayerNormalization::trainable, Builder::trainable)
          .type();

  private final double epsilon;
  private final boolean center;
  private final boolean scale;
  private final boolean trainable;

  private LayerNormalization(String name, Builder from) {
    super(name);
    this.epsilon = from.epsilon;
    this.center = from.center;
    this.scale = from.scale;
    this.trainable = from.trainable;
  }

  /**
   * The layer with Keras's defaults.
   *
   * @return a new layer
   */
  public static LayerNormalization of() {
    return builder().build();
  }

  /**
   * A builder that begins with Keras's defaults: epsilon 1e-3, both center and scale.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean trainable() {
    return trainable;
  }

  @Override
  public LayerNormalization trainable(boolean value) {
    return toBuilder().trainable(value).build();
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return builder().epsilon(epsilon).center(center).scale(scale).trainable(trainable).name(name());
  }

  @Override
  public LayerNormalization named(String name) {
    return new LayerNormalization(name, toBuilder());
  }

  /**
   * What is added to the variance.
   *
   * @return above 0; 1e-3 unless set
   */
  public double epsilon() {
    return epsilon;
  }

  /**
   * Whether beta is added.
   *
   * @return true unless set
   */
  public boolean center() {
    return center;
  }

  /**
   * Whether it multiplies by gamma.
   *
   * @return true unless set
   */
  public boolean scale() {
    return scale;
  }

  @Override
  boolean normalizes() {
    return true;
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    return learnt(in, scale, center);
  }

  /** The weights gamma and beta, as far as there are such. */
  static List<WeightSpec> learnt(Axes in, boolean scale, boolean center) {
    Shape shape = Shape.of(in.width());
    List<WeightSpec> specs = new ArrayList<>();
    if (scale) {
      specs.add(WeightSpec.trained(WeightSpec.GAMMA, shape, Initializer.ONES));
    }
    if (center) {
      specs.add(WeightSpec.trained(WeightSpec.BETA, shape, Initializer.ZEROS));
    }
    return specs;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new LayerNormalizationForward(in.width(), epsilon, weights);
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new LayerNormalizationTraining(epsilon, place);
  }

  /** Collects the settings of a {@link LayerNormalization}. Not thread-safe. */
  public static final class Builder {
    private String name = "";
    private double epsilon = 1e-3;
    private boolean center = true;
    private boolean scale = true;
    private boolean trainable = true;

    private Builder() {}

    /**
     * Sets what is added to the variance.
     *
     * @param value finite and above 0; PyTorch's is 1e-5
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder epsilon(double value) {
      this.epsilon = Settings.positive("LayerNormalization", "epsilon", value);
      return this;
    }

    /**
     * Sets whether beta is added.
     *
     * @param value whether
     * @return this
     */
    public Builder center(boolean value) {
      this.center = value;
      return this;
    }

    /**
     * Sets whether it multiplies by gamma.
     *
     * @param value whether
     * @return this
     */
    public Builder scale(boolean value) {
      this.scale = value;
      return this;
    }

    /**
     * Sets whether {@link Sequential#fit} changes the weights.
     *
     * @param value whether
     * @return this
     */
    public Builder trainable(boolean value) {
      this.trainable = value;
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
    public LayerNormalization build() {
      return new LayerNormalization(name, this);
    }
  }
}
