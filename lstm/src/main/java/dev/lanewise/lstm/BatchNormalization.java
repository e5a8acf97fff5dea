package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.BatchNormalizationForward;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.train.BatchNormalizationTraining;
import dev.lanewise.lstm.train.FixedNormalizationTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings each feature to mean 0 and variance 1, then scales and shifts it by what it learns (Ioffe
 * and Szegedy, 2015):
 *
 * <pre>
 * y = (x - mean) / sqrt(variance + epsilon) * gamma + beta
 * </pre>
 *
 * <p>In training, mean and biased variance are those of the whole batch, of all its timesteps that
 * are no padding. Each update moves the averages, {@code moving = moving * momentum + batch * (1 -
 * momentum)}. Prediction and evaluation use these, so that a sample depends on no other. Padding is
 * normalized with the rest, and a mask passes.
 *
 * <p>One that is not {@link #trainable} normalizes by the averages in training too, and leaves them
 * as they are, as in Keras.
 *
 * <p>On (batch, features) or (batch, timesteps, features), over the last axis: Keras's {@code
 * axis=-1}. Its weights have a number a feature: {@code gamma}, ones at first, {@code beta}, zeros
 * at first, and those that are not trainable, {@code moving_mean}, zeros at first, and {@code
 * moving_variance}, ones at first. Immutable.
 */
public final class BatchNormalization extends Layer {
  static final LayerType TYPE =
      new Declaration<>(BatchNormalization.class, BatchNormalization::builder, Builder::build)
          .forTraining()
          .number("momentum", BatchNormalization::momentum, (b, v) -> b.momentum(v.doubleValue()))
          .number("epsilon", BatchNormalization::epsilon, (b, v) -> b.epsilon(v.doubleValue()))
          .truth("center", BatchNormalization::center, Builder::center)
          .truth("scale", BatchNormalization::scale, Builder::scale)
          .leftOut()
          .forTraining()
          .truth("trainable", BatchNormalization::trainable, Builder::trainable)
          .type();

  private final double momentum;
  private final double epsilon;
  private final boolean center;
  private final boolean scale;
  private final boolean trainable;

  private BatchNormalization(String name, Builder from) {
    super(name);
    this.momentum = from.momentum;
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
  public static BatchNormalization of() {
    return builder().build();
  }

  /**
   * A builder that begins with Keras's defaults: momentum 0.99, epsilon 1e-3, both center and
   * scale.
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
  public BatchNormalization trainable(boolean value) {
    return toBuilder().trainable(value).build();
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return builder()
        .momentum(momentum)
        .epsilon(epsilon)
        .center(center)
        .scale(scale)
        .trainable(trainable)
        .name(name());
  }

  @Override
  public BatchNormalization named(String name) {
    return new BatchNormalization(name, toBuilder());
  }

  /**
   * How much of the moving averages an update leaves.
   *
   * @return from 0 to 1; 0.99 unless set
   */
  public double momentum() {
    return momentum;
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
  boolean readsMask() {
    return true;
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
    Shape shape = Shape.of(in.width());
    List<WeightSpec> specs = new ArrayList<>(LayerNormalization.learnt(in, scale, center));
    specs.add(new WeightSpec(WeightSpec.MOVING_MEAN, shape, false, Initializer.ZEROS, false));
    specs.add(new WeightSpec(WeightSpec.MOVING_VARIANCE, shape, false, Initializer.ONES, false));
    return specs;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new BatchNormalizationForward(in.width(), epsilon, weights);
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new BatchNormalizationTraining(momentum, epsilon, place);
  }

  @Override
  TrainingLayer frozen(TrainingPlace place) {
    return new FixedNormalizationTraining(epsilon, place);
  }

  /** Collects the settings of a {@link BatchNormalization}. Not thread-safe. */
  public static final class Builder {
    private String name = "";
    private double momentum = 0.99;
    private double epsilon = 1e-3;
    private boolean center = true;
    private boolean scale = true;
    private boolean trainable = true;

    private Builder() {}

    /**
     * Sets how much of the moving averages an update leaves.
     *
     * @param value from 0 to 1; PyTorch's momentum of 0.1 is 0.9 here
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder momentum(double value) {
      this.momentum = Settings.share("BatchNormalization", "momentum", value);
      return this;
    }

    /**
     * Sets what is added to the variance.
     *
     * @param value finite and above 0; PyTorch's is 1e-5
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder epsilon(double value) {
      this.epsilon = Settings.positive("BatchNormalization", "epsilon", value);
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
    public BatchNormalization build() {
      return new BatchNormalization(name, this);
    }
  }
}
