package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.GlorotUniform;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.DenseForward;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.train.DenseTraining;
import dev.lanewise.lstm.train.RowLoss;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer: {@code y = a(x K + b)} with kernel K (features, units) and bias b
 * (units).
 *
 * <p>On (batch, features), or on the last axis of (batch, timesteps, features), step by step.
 * Immutable.
 */
public final class Dense extends Layer {
  static final LayerType TYPE =
      new Declaration<>(Dense.class, () -> new Builder(1), Builder::build)
          .size("units", Dense::units, Builder::units)
          .constant("activation", Activation.class, Dense::activation, Builder::activation)
          .truth("useBias", Dense::useBias, Builder::useBias)
          .leftOut()
          .forTraining()
          .truth("trainable", Dense::trainable, Builder::trainable)
          .regularizer("kernelRegularizer", Dense::kernelRegularizer, Builder::kernelRegularizer)
          .regularizer("biasRegularizer", Dense::biasRegularizer, Builder::biasRegularizer)
          .type();

  private final int units;
  private final Activation activation;
  private final boolean useBias;
  private final boolean trainable;
  private final Regularizer kernelRegularizer;
  private final Regularizer biasRegularizer;

  private Dense(String name, Builder from) {
    super(name);
    this.units = from.units;
    this.activation = from.activation;
    this.useBias = from.useBias;
    this.trainable = from.trainable;
    this.kernelRegularizer = from.kernelRegularizer;
    this.biasRegularizer = from.biasRegularizer;
  }

  /**
   * A linear layer with a bias.
   *
   * @param units width of the output, 1 or more
   * @return the layer
   * @throws IllegalArgumentException when units is less than 1
   */
  public static Dense of(int units) {
    return builder(units).build();
  }

  /**
   * A layer with a bias.
   *
   * @param units width of the output, 1 or more
   * @param activation the activation a
   * @return the layer
   * @throws IllegalArgumentException when units is less than 1
   */
  public static Dense of(int units, Activation activation) {
    return builder(units).activation(activation).build();
  }

  /**
   * A builder that begins with Keras's defaults: linear, with a bias.
   *
   * @param units width of the output, 1 or more
   * @return the builder
   * @throws IllegalArgumentException when units is less than 1
   */
  public static Builder builder(int units) {
    return new Builder(units);
  }

  @Override
  public Dense named(String name) {
    return new Dense(name, toBuilder());
  }

  /**
   * Width of the output.
   *
   * @return 1 or more
   */
  public int units() {
    return units;
  }

  /**
   * The activation a.
   *
   * @return {@link Activation#LINEAR} unless set
   */
  public Activation activation() {
    return activation;
  }

  /**
   * Whether there is a bias.
   *
   * @return true unless set
   */
  public boolean useBias() {
    return useBias;
  }

  @Override
  public boolean trainable() {
    return trainable;
  }

  @Override
  public Dense trainable(boolean value) {
    return toBuilder().trainable(value).build();
  }

  /**
   * What the kernel adds to the loss.
   *
   * @return {@link Regularizer#NONE} unless set
   */
  public Regularizer kernelRegularizer() {
    return kernelRegularizer;
  }

  /**
   * What the bias adds to the loss.
   *
   * @return {@link Regularizer#NONE} unless set
   */
  public Regularizer biasRegularizer() {
    return biasRegularizer;
  }

  @Override
  Regularizer regularizer(String weight) {
    return switch (weight) {
      case WeightSpec.KERNEL -> kernelRegularizer;
      case WeightSpec.BIAS -> biasRegularizer;
      default -> Regularizer.NONE;
    };
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return builder(units)
        .activation(activation)
        .useBias(useBias)
        .trainable(trainable)
        .kernelRegularizer(kernelRegularizer)
        .biasRegularizer(biasRegularizer)
        .name(name());
  }

  @Override
  @Nullable RowLoss fused(Loss loss) {
    return activation == Activation.SIGMOID ? loss.afterSigmoid() : null;
  }

  @Override
  List<Layer> unfused() {
    return List.of(toBuilder().activation(Activation.LINEAR).build());
  }

  @Override
  Axes output(Axes in) {
    return in.withWidth(units);
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    int features = in.width();
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(
        WeightSpec.trained(
            WeightSpec.KERNEL, Shape.of(features, units), new GlorotUniform(features, units)));
    if (useBias) {
      specs.add(WeightSpec.trained(WeightSpec.BIAS, Shape.of(units), Initializer.ZEROS));
    }
    return specs;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new DenseForward(in.width(), units, activation, weights);
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new DenseTraining(units, activation, place);
  }

  /** Collects the settings of a {@link Dense}. Not thread-safe. */
  public static final class Builder {
    private int units;
    private String name = "";
    private Activation activation = Activation.LINEAR;
    private boolean useBias = true;
    private boolean trainable = true;
    private Regularizer kernelRegularizer = Regularizer.NONE;
    private Regularizer biasRegularizer = Regularizer.NONE;

    private Builder(int units) {
      units(units);
    }

    private Builder units(int value) {
      if (value < 1) {
        throw LstmErrors.units("Dense", value);
      }
      this.units = value;
      return this;
    }

    /**
     * Sets the activation a.
     *
     * @param value the activation
     * @return this
     */
    public Builder activation(Activation value) {
      this.activation = value;
      return this;
    }

    /**
     * Sets whether there is a bias.
     *
     * @param value whether
     * @return this
     */
    public Builder useBias(boolean value) {
      this.useBias = value;
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
     * Sets what the kernel adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public Builder kernelRegularizer(Regularizer value) {
      this.kernelRegularizer = value;
      return this;
    }

    /**
     * Sets what the bias adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public Builder biasRegularizer(Regularizer value) {
      this.biasRegularizer = value;
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
    public Dense build() {
      return new Dense(name, this);
    }
  }
}
