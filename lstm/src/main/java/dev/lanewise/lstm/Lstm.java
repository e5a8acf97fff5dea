package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.ForgetBias;
import dev.lanewise.lstm.memory.GlorotUniform;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Orthogonal;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.recurrent.ForwardCell;
import dev.lanewise.lstm.recurrent.LstmForward;
import dev.lanewise.lstm.recurrent.LstmTraining;
import dev.lanewise.lstm.recurrent.TrainingCell;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An LSTM layer (Hochreiter and Schmidhuber, 1997; Gers et al., 2000) with Keras's words, defaults
 * and weights: kernel W (features, 4 * units), recurrent kernel U (units, 4 * units) and bias b (4
 * * units), gates in the order i, f, g, o.
 *
 * <pre>
 * z = x_t W + h_{t-1} U + b
 * i = r(zi)  f = r(zf)  g = a(zg)  o = r(zo)
 * c_t = f * c_{t-1} + i * g      h_t = o * a(c_t)      h_0 = c_0 = 0
 * </pre>
 *
 * <p>Input (batch, timesteps, features). Output h of the last step (batch, units), or of every step
 * (batch, timesteps, units) with {@link #returnSequences()}.
 *
 * <p>A step that a mask marks as padding leaves h and c as they were; its output is that of the
 * step before it, 0 where there is none. Immutable.
 */
public final class Lstm extends Recurrent {
  static final LayerType TYPE =
      new Declaration<>(Lstm.class, () -> new Builder(1), Builder::build)
          .size("units", Integer.MAX_VALUE / 4, Lstm::units, Builder::units)
          .constant("activation", Activation.class, Lstm::activation, Builder::activation)
          .constant(
              "recurrentActivation",
              Activation.class,
              Lstm::recurrentActivation,
              Builder::recurrentActivation)
          .truth("useBias", Lstm::useBias, Builder::useBias)
          .truth("unitForgetBias", Lstm::unitForgetBias, Builder::unitForgetBias)
          .truth("returnSequences", Lstm::returnSequences, Builder::returnSequences)
          .truth("goBackwards", Lstm::goBackwards, Builder::goBackwards)
          .truth("zeroOutputForMask", Lstm::zeroOutputForMask, Builder::zeroOutputForMask)
          .leftOut()
          .number("dropout", Lstm::dropout, (b, v) -> b.dropout(v.doubleValue()))
          .leftOut()
          .number(
              "recurrentDropout",
              Lstm::recurrentDropout,
              (b, v) -> b.recurrentDropout(v.doubleValue()))
          .leftOut()
          .truth("trainable", Lstm::trainable, Builder::trainable)
          .regularizer("kernelRegularizer", Lstm::kernelRegularizer, Builder::kernelRegularizer)
          .regularizer(
              "recurrentRegularizer", Lstm::recurrentRegularizer, Builder::recurrentRegularizer)
          .regularizer("biasRegularizer", Lstm::biasRegularizer, Builder::biasRegularizer)
          .type();

  private final Activation recurrentActivation;
  private final boolean unitForgetBias;

  private Lstm(Builder from) {
    super(from.name(), from);
    this.recurrentActivation = from.recurrentActivation;
    this.unitForgetBias = from.unitForgetBias;
  }

  /**
   * A layer with Keras's defaults: tanh, sigmoid gates, a bias whose forget part begins at 1, the
   * last step as output.
   *
   * @param units width of the state and of the output, 1 to 8,388,608
   * @return the layer
   * @throws IllegalArgumentException when units is another number
   */
  public static Lstm of(int units) {
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
  public Lstm named(String name) {
    return toBuilder().name(name).build();
  }

  /**
   * The activation r, of the gates i, f and o.
   *
   * @return {@link Activation#SIGMOID} unless set
   */
  public Activation recurrentActivation() {
    return recurrentActivation;
  }

  /**
   * Whether the forget gate's bias begins at 1 (Jozefowicz et al., 2015) rather than 0.
   *
   * @return true unless set
   */
  public boolean unitForgetBias() {
    return unitForgetBias;
  }

  @Override
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  public List<Integer> cellUnits() {
    return List.of(units());
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    int features = in.width();
    int units = units();
    int gates = 4 * units;
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(
        WeightSpec.trained(
            WeightSpec.KERNEL, Shape.of(features, gates), new GlorotUniform(features, gates)));
    specs.add(
        WeightSpec.trained(
            WeightSpec.RECURRENT_KERNEL, Shape.of(units, gates), new Orthogonal(units, gates)));
    if (useBias()) {
      Initializer bias = unitForgetBias ? new ForgetBias(units) : Initializer.ZEROS;
      specs.add(WeightSpec.trained(WeightSpec.BIAS, Shape.of(gates), bias));
    }
    return specs;
  }

  @Override
  ForwardCell forwardCell(int features, LayerWeights weights) {
    return new LstmForward(features, units(), activation(), recurrentActivation, weights);
  }

  @Override
  TrainingCell trainingCell(TrainingPlace place) {
    TrainingErrors.requireGradientOfOutput(this, "activation", activation());
    TrainingErrors.requireGradientOfOutput(this, "recurrentActivation", recurrentActivation);
    return new LstmTraining(units(), activation(), recurrentActivation, place);
  }

  /** Collects the settings of an {@link Lstm}. Not thread-safe. */
  public static final class Builder extends Recurrent.Builder<Builder> {
    private Activation recurrentActivation = Activation.SIGMOID;
    private boolean unitForgetBias = true;

    private Builder(int units) {
      units(units);
    }

    private Builder(Lstm layer) {
      from(layer);
      recurrentActivation = layer.recurrentActivation;
      unitForgetBias = layer.unitForgetBias;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String type() {
      return "Lstm";
    }

    /**
     * Sets the activation r, of the gates.
     *
     * @param value the activation; {@link Activation#SIGMOID} is the fast one
     * @return this
     */
    public Builder recurrentActivation(Activation value) {
      this.recurrentActivation = value;
      return this;
    }

    /**
     * Sets whether the forget gate's bias begins at 1.
     *
     * @param value whether
     * @return this
     */
    public Builder unitForgetBias(boolean value) {
      this.unitForgetBias = value;
      return this;
    }

    @Override
    public Lstm build() {
      return new Lstm(this);
    }
  }
}
