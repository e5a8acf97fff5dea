package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.GlorotUniform;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Orthogonal;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.recurrent.ForwardCell;
import dev.lanewise.lstm.recurrent.GeneralGruTraining;
import dev.lanewise.lstm.recurrent.GruForward;
import dev.lanewise.lstm.recurrent.GruTraining;
import dev.lanewise.lstm.recurrent.ResetBeforeForward;
import dev.lanewise.lstm.recurrent.ResetBeforeTraining;
import dev.lanewise.lstm.recurrent.TrainingCell;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A gated recurrent unit (Cho et al., 2014) with Keras's words, defaults and weights: kernel W
 * (features, 3 * units) and recurrent kernel U (units, 3 * units), gates in the order z, r, n.
 *
 * <pre>
 * z = s(x_t Wz + h_{t-1} Uz + bz)        r = s(x_t Wr + h_{t-1} Ur + br)
 * n = a(x_t Wn + bn + r * (h_{t-1} Un + cn))     with {@link #resetAfter()}, as Keras, PyTorch, cuDNN
 * n = a(x_t Wn + bn + (r * h_{t-1}) Un)          without, as in the paper and in old Keras files
 * h_t = z * h_{t-1} + (1 - z) * n                h_0 = 0
 * </pre>
 *
 * <p>The bias is (3 * units), or with resetAfter (2, 3 * units): b of the input, then c of the
 * recurrent product. With {@link #learnedInitialState()} h_0 is a weight. Input (batch, timesteps,
 * features). Output h of the last step (batch, units), or of every step (batch, timesteps, units)
 * with {@link #returnSequences()}. Immutable.
 */
public final class Gru extends Recurrent {
  static final LayerType TYPE =
      new Declaration<>(Gru.class, () -> new Builder(1), Builder::build)
          .size("units", Integer.MAX_VALUE / 4, Gru::units, Builder::units)
          .constant("activation", Activation.class, Gru::activation, Builder::activation)
          .constant(
              "recurrentActivation",
              Activation.class,
              Gru::recurrentActivation,
              Builder::recurrentActivation)
          .truth("useBias", Gru::useBias, Builder::useBias)
          .truth("resetAfter", Gru::resetAfter, Builder::resetAfter)
          .truth("returnSequences", Gru::returnSequences, Builder::returnSequences)
          .truth("goBackwards", Gru::goBackwards, Builder::goBackwards)
          .truth("zeroOutputForMask", Gru::zeroOutputForMask, Builder::zeroOutputForMask)
          .leftOut()
          .forTraining()
          .number("dropout", Gru::dropout, (b, v) -> b.dropout(v.doubleValue()))
          .leftOut()
          .forTraining()
          .number(
              "recurrentDropout",
              Gru::recurrentDropout,
              (b, v) -> b.recurrentDropout(v.doubleValue()))
          .leftOut()
          .forTraining()
          .truth("trainable", Gru::trainable, Builder::trainable)
          .regularizer("kernelRegularizer", Gru::kernelRegularizer, Builder::kernelRegularizer)
          .regularizer(
              "recurrentRegularizer", Gru::recurrentRegularizer, Builder::recurrentRegularizer)
          .regularizer("biasRegularizer", Gru::biasRegularizer, Builder::biasRegularizer)
          .leftOut()
          .truth("learnedInitialState", Gru::learnedInitialState, Builder::learnedInitialState)
          .type();

  private final Activation recurrentActivation;
  private final boolean resetAfter;

  private Gru(Builder from) {
    super(from.name(), from);
    this.recurrentActivation = from.recurrentActivation;
    this.resetAfter = from.resetAfter;
  }

  /**
   * A layer with Keras's defaults: tanh, sigmoid gates, the reset gate after the product, biases
   * that begin at 0, the last step as output.
   *
   * @param units width of the state and of the output, 1 to 8,388,608
   * @return the layer
   * @throws IllegalArgumentException when units is another number
   */
  public static Gru of(int units) {
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
  public Gru named(String name) {
    return toBuilder().name(name).build();
  }

  /**
   * The activation s, of the gates z and r.
   *
   * @return {@link Activation#SIGMOID} unless set
   */
  public Activation recurrentActivation() {
    return recurrentActivation;
  }

  /**
   * Whether the reset gate applies to the recurrent product rather than to the state before it.
   *
   * @return true unless set
   */
  public boolean resetAfter() {
    return resetAfter;
  }

  @Override
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    int features = in.width();
    int gates = 3 * units();
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(
        WeightSpec.trained(
            WeightSpec.KERNEL, Shape.of(features, gates), new GlorotUniform(features, gates)));
    specs.add(
        WeightSpec.trained(
            WeightSpec.RECURRENT_KERNEL, Shape.of(units(), gates), new Orthogonal(units(), gates)));
    if (useBias()) {
      Shape bias = resetAfter ? Shape.of(2, gates) : Shape.of(gates);
      specs.add(WeightSpec.trained(WeightSpec.BIAS, bias, Initializer.ZEROS));
    }
    return withInitialState(specs);
  }

  @Override
  ForwardCell forwardCell(int features, LayerWeights weights) {
    LayerErrors.requireFloat32(this, weights);
    return resetAfter
        ? new GruForward(features, units(), activation(), recurrentActivation, weights)
        : new ResetBeforeForward(features, units(), activation(), recurrentActivation, weights);
  }

  @Override
  TrainingCell trainingCell(TrainingPlace place) {
    if (!resetAfter) {
      return new ResetBeforeTraining(units(), activation(), recurrentActivation, place);
    }
    return activation().needsInput() || recurrentActivation.needsInput()
        ? new GeneralGruTraining(units(), activation(), recurrentActivation, place)
        : new GruTraining(units(), activation(), recurrentActivation, place);
  }

  /** Collects the settings of a {@link Gru}. Not thread-safe. */
  public static final class Builder extends Recurrent.Builder<Builder> {
    private Activation recurrentActivation = Activation.SIGMOID;
    private boolean resetAfter = true;

    private Builder(int units) {
      units(units);
    }

    private Builder(Gru layer) {
      from(layer);
      recurrentActivation = layer.recurrentActivation;
      resetAfter = layer.resetAfter;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String type() {
      return "Gru";
    }

    /**
     * Sets the activation s, of the gates z and r.
     *
     * @param value the activation; {@link Activation#SIGMOID} is the fast one
     * @return this
     */
    public Builder recurrentActivation(Activation value) {
      this.recurrentActivation = value;
      return this;
    }

    /**
     * Sets where the reset gate applies.
     *
     * @param value whether to the recurrent product, which is the fast way, rather than before it
     * @return this
     */
    public Builder resetAfter(boolean value) {
      this.resetAfter = value;
      return this;
    }

    @Override
    public Gru build() {
      return new Gru(this);
    }
  }
}
