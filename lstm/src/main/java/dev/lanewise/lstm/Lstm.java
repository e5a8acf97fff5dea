package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.ForgetBias;
import dev.lanewise.lstm.memory.GlorotUniform;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.Orthogonal;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.recurrent.ForwardCell;
import dev.lanewise.lstm.recurrent.GeneralLstmForward;
import dev.lanewise.lstm.recurrent.GeneralLstmTraining;
import dev.lanewise.lstm.recurrent.LstmForward;
import dev.lanewise.lstm.recurrent.LstmTraining;
import dev.lanewise.lstm.recurrent.LstmVariant;
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
 * <p>With {@link #learnedInitialState()} h_0 and c_0 are weights.
 *
 * <p>Input (batch, timesteps, features). Output h of the last step (batch, units), or of every step
 * (batch, timesteps, units) with {@link #returnSequences()}.
 *
 * <p>{@link #peepholes}, {@link #coupledGates}, {@link #clip} and {@link #projection} change the
 * equations. With one of them a layer is read with float32 weights only, and takes longer.
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
          .forTraining()
          .truth("unitForgetBias", Lstm::unitForgetBias, Builder::unitForgetBias)
          .truth("returnSequences", Lstm::returnSequences, Builder::returnSequences)
          .truth("goBackwards", Lstm::goBackwards, Builder::goBackwards)
          .truth("zeroOutputForMask", Lstm::zeroOutputForMask, Builder::zeroOutputForMask)
          .leftOut()
          .truth("peepholes", Lstm::peepholes, Builder::peepholes)
          .leftOut()
          .truth("coupledGates", Lstm::coupledGates, Builder::coupledGates)
          .leftOut()
          .number("clip", Lstm::clip, (made, v) -> made.clip(v.floatValue()))
          .leftOut()
          .whole("projection", 0, Lstm::projection, Builder::projection)
          .leftOut()
          .forTraining()
          .number("dropout", Lstm::dropout, (b, v) -> b.dropout(v.doubleValue()))
          .leftOut()
          .forTraining()
          .number(
              "recurrentDropout",
              Lstm::recurrentDropout,
              (b, v) -> b.recurrentDropout(v.doubleValue()))
          .leftOut()
          .forTraining()
          .truth("trainable", Lstm::trainable, Builder::trainable)
          .regularizer("kernelRegularizer", Lstm::kernelRegularizer, Builder::kernelRegularizer)
          .regularizer(
              "recurrentRegularizer", Lstm::recurrentRegularizer, Builder::recurrentRegularizer)
          .regularizer("biasRegularizer", Lstm::biasRegularizer, Builder::biasRegularizer)
          .leftOut()
          .truth("learnedInitialState", Lstm::learnedInitialState, Builder::learnedInitialState)
          .type();

  private final Activation recurrentActivation;
  private final boolean unitForgetBias;
  private final boolean peepholes;
  private final boolean coupledGates;
  private final float clip;
  private final int projection;

  private Lstm(Builder from) {
    super(from.name(), from);
    this.recurrentActivation = from.recurrentActivation;
    this.unitForgetBias = from.unitForgetBias;
    this.peepholes = from.peepholes;
    this.coupledGates = from.coupledGates;
    this.clip = from.clip;
    this.projection = from.projection;
    if (projection < 0 || projection > units()) {
      throw LstmErrors.projection(projection, units());
    }
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

  /**
   * Whether the gates see the cell state (Gers and Schmidhuber, 2000): i and f see c_{t-1}, o sees
   * c_t. It adds the weight {@code peephole} (3, units), for i, f, o.
   *
   * @return false unless set
   */
  public boolean peepholes() {
    return peepholes;
  }

  /**
   * Whether the forget gate is {@code f = 1 - i}, ONNX's {@code input_forget} (Greff et al., 2015).
   * There is no weight of f then: the gates are i, g, o, the kernels (features, 3 * units) and
   * (units, 3 * units), the bias (3 * units), the peephole weights (2, units) for i, o. {@link
   * #unitForgetBias} has no effect.
   *
   * @return false unless set
   */
  public boolean coupledGates() {
    return coupledGates;
  }

  /**
   * What no pre-activation is beyond: each is held between -clip and clip before its activation,
   * ONNX's {@code clip}. Where it is held, its gradient is 0.
   *
   * @return infinity unless set
   */
  public float clip() {
    return clip;
  }

  /**
   * The width of h where it is a projection, {@code h_t = (o * a(c_t)) P} (Sak et al., 2014),
   * PyTorch's {@code proj_size}. It adds the weight {@code projection_kernel} P (units,
   * projection). The recurrent kernel is (projection, 4 * units); c stays (batch, units).
   *
   * @return 0 unless set: h is as wide as the units
   */
  public int projection() {
    return projection;
  }

  @Override
  public Builder toBuilder() {
    return new Builder(this);
  }

  @Override
  int outputs() {
    return projection == 0 ? units() : projection;
  }

  private LstmVariant variant() {
    return new LstmVariant(
        units(),
        outputs(),
        projection > 0,
        activation(),
        recurrentActivation,
        peepholes,
        coupledGates,
        clip);
  }

  @Override
  public List<Integer> cellUnits() {
    return List.of(units());
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    int features = in.width();
    int units = units();
    int outputs = outputs();
    int gates = (coupledGates ? 3 : 4) * units;
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(
        WeightSpec.trained(
            WeightSpec.KERNEL, Shape.of(features, gates), new GlorotUniform(features, gates)));
    specs.add(
        WeightSpec.trained(
            WeightSpec.RECURRENT_KERNEL, Shape.of(outputs, gates), new Orthogonal(outputs, gates)));
    if (useBias()) {
      boolean forget = unitForgetBias && !coupledGates;
      Initializer bias = forget ? new ForgetBias(units) : Initializer.ZEROS;
      specs.add(WeightSpec.trained(WeightSpec.BIAS, Shape.of(gates), bias));
    }
    if (peepholes) {
      Shape shape = Shape.of(coupledGates ? 2 : 3, units);
      specs.add(WeightSpec.trained(WeightSpec.PEEPHOLE, shape, new GlorotUniform(units, units)));
    }
    if (projection > 0) {
      specs.add(
          WeightSpec.trained(
              WeightSpec.PROJECTION_KERNEL,
              Shape.of(units, outputs),
              new GlorotUniform(units, outputs)));
    }
    return withInitialState(specs);
  }

  @Override
  ForwardCell forwardCell(int features, LayerWeights weights) {
    LstmVariant variant = variant();
    if (variant.isGeneral()) {
      LayerErrors.requireFloat32(this, weights);
      return new GeneralLstmForward(features, variant, weights);
    }
    return new LstmForward(features, units(), activation(), recurrentActivation, weights);
  }

  @Override
  TrainingCell trainingCell(TrainingPlace place) {
    LstmVariant variant = variant();
    return variant.trainsInGeneral()
        ? new GeneralLstmTraining(variant, place)
        : new LstmTraining(units(), activation(), recurrentActivation, place);
  }

  /** Collects the settings of an {@link Lstm}. Not thread-safe. */
  public static final class Builder extends Recurrent.Builder<Builder> {
    private Activation recurrentActivation = Activation.SIGMOID;
    private boolean unitForgetBias = true;
    private boolean peepholes;
    private boolean coupledGates;
    private float clip = Float.POSITIVE_INFINITY;
    private int projection;

    private Builder(int units) {
      units(units);
    }

    private Builder(Lstm layer) {
      from(layer);
      recurrentActivation = layer.recurrentActivation;
      unitForgetBias = layer.unitForgetBias;
      peepholes = layer.peepholes;
      coupledGates = layer.coupledGates;
      clip = layer.clip;
      projection = layer.projection;
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

    /**
     * Sets whether the gates see the cell state.
     *
     * @param value whether
     * @return this
     */
    public Builder peepholes(boolean value) {
      this.peepholes = value;
      return this;
    }

    /**
     * Sets whether the forget gate is {@code 1 - i}, without weights of its own.
     *
     * @param value whether
     * @return this
     */
    public Builder coupledGates(boolean value) {
      this.coupledGates = value;
      return this;
    }

    /**
     * Sets what no pre-activation is beyond.
     *
     * @param value the largest absolute value, above 0; infinity for any
     * @return this
     * @throws IllegalArgumentException when it is 0, below, or NaN
     */
    public Builder clip(float value) {
      if (!(value > 0)) {
        throw LstmErrors.setting("Lstm", "clip", value, "a number above 0, or infinity for none");
      }
      this.clip = value;
      return this;
    }

    /**
     * Sets the width of h where it is a projection.
     *
     * @param value 1 to the units; 0 for none
     * @return this
     */
    public Builder projection(int value) {
      this.projection = value;
      return this;
    }

    /**
     * The layer.
     *
     * @return a new layer
     * @throws IllegalArgumentException when the projection is below 0 or more than the units
     */
    @Override
    public Lstm build() {
      return new Lstm(this);
    }
  }
}
