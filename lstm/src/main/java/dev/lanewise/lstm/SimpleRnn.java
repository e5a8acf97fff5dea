package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.GlorotUniform;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Orthogonal;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.recurrent.ForwardCell;
import dev.lanewise.lstm.recurrent.SimpleRnnForward;
import dev.lanewise.lstm.recurrent.SimpleRnnTraining;
import dev.lanewise.lstm.recurrent.TrainingCell;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain recurrent layer (Elman, 1990) with Keras's words, defaults and weights: kernel W
 * (features, units), recurrent kernel U (units, units) and bias b (units).
 *
 * <pre>
 * h_t = a(x_t W + h_{t-1} U + b)         h_0 = 0
 * </pre>
 *
 * <p>With {@link #learnedInitialState()} h_0 is a weight.
 *
 * <p>Input (batch, timesteps, features). Output h of the last step (batch, units), or of every step
 * (batch, timesteps, units) with {@link #returnSequences()}. Immutable.
 */
public final class SimpleRnn extends Recurrent {
  static final LayerType TYPE =
      new Declaration<>(SimpleRnn.class, () -> new Builder(1), Builder::build)
          .size("units", Integer.MAX_VALUE / 4, SimpleRnn::units, Builder::units)
          .constant("activation", Activation.class, SimpleRnn::activation, Builder::activation)
          .truth("useBias", SimpleRnn::useBias, Builder::useBias)
          .truth("returnSequences", SimpleRnn::returnSequences, Builder::returnSequences)
          .truth("goBackwards", SimpleRnn::goBackwards, Builder::goBackwards)
          .truth("zeroOutputForMask", SimpleRnn::zeroOutputForMask, Builder::zeroOutputForMask)
          .leftOut()
          .forTraining()
          .number("dropout", SimpleRnn::dropout, (b, v) -> b.dropout(v.doubleValue()))
          .leftOut()
          .forTraining()
          .number(
              "recurrentDropout",
              SimpleRnn::recurrentDropout,
              (b, v) -> b.recurrentDropout(v.doubleValue()))
          .leftOut()
          .forTraining()
          .truth("trainable", SimpleRnn::trainable, Builder::trainable)
          .regularizer(
              "kernelRegularizer", SimpleRnn::kernelRegularizer, Builder::kernelRegularizer)
          .regularizer(
              "recurrentRegularizer",
              SimpleRnn::recurrentRegularizer,
              Builder::recurrentRegularizer)
          .regularizer("biasRegularizer", SimpleRnn::biasRegularizer, Builder::biasRegularizer)
          .leftOut()
          .truth(
              "learnedInitialState", SimpleRnn::learnedInitialState, Builder::learnedInitialState)
          .type();

  private SimpleRnn(Builder from) {
    super(from.name(), from);
  }

  /**
   * A layer with Keras's defaults: tanh, a bias that begins at 0, the last step as output.
   *
   * @param units width of the state and of the output, 1 to 8,388,608
   * @return the layer
   * @throws IllegalArgumentException when units is another number
   */
  public static SimpleRnn of(int units) {
    return builder(units).build();
  }

  /**
   * A builder that begins with Keras's defaults.
   *
   * @param units width of the state and of the output, 1 to 8,388,608
   * @return the builder
   * @throws IllegalArgumentException when units is another number
   */
  public static Builder builder(int units) {
    return new Builder(units);
  }

  @Override
  public SimpleRnn named(String name) {
    return toBuilder().name(name).build();
  }

  @Override
  public Builder toBuilder() {
    return new Builder(units()).from(this);
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    int features = in.width();
    int units = units();
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(
        WeightSpec.trained(
            WeightSpec.KERNEL, Shape.of(features, units), new GlorotUniform(features, units)));
    specs.add(
        WeightSpec.trained(
            WeightSpec.RECURRENT_KERNEL, Shape.of(units, units), new Orthogonal(units, units)));
    if (useBias()) {
      specs.add(WeightSpec.trained(WeightSpec.BIAS, Shape.of(units), Initializer.ZEROS));
    }
    return withInitialState(specs);
  }

  @Override
  ForwardCell forwardCell(int features, LayerWeights weights) {
    return new SimpleRnnForward(features, units(), activation(), weights);
  }

  @Override
  TrainingCell trainingCell(TrainingPlace place) {
    return new SimpleRnnTraining(units(), activation(), place);
  }

  /** Collects the settings of a {@link SimpleRnn}. Not thread-safe. */
  public static final class Builder extends Recurrent.Builder<Builder> {
    private Builder(int units) {
      units(units);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String type() {
      return "SimpleRnn";
    }

    @Override
    public SimpleRnn build() {
      return new SimpleRnn(this);
    }
  }
}
