package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
public final class Lstm extends Layer {
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
          .type();

  /** With which the rows of gates and their padding are what the kernels can address. */
  private static final int MOST = 1 << 23;

  private final int units;
  private final Activation activation;
  private final Activation recurrentActivation;
  private final boolean useBias;
  private final boolean unitForgetBias;
  private final boolean returnSequences;
  private final boolean goBackwards;
  private final boolean zeroOutputForMask;

  private Lstm(String name, Builder from) {
    super(name);
    this.units = from.units;
    this.activation = from.activation;
    this.recurrentActivation = from.recurrentActivation;
    this.useBias = from.useBias;
    this.unitForgetBias = from.unitForgetBias;
    this.returnSequences = from.returnSequences;
    this.goBackwards = from.goBackwards;
    this.zeroOutputForMask = from.zeroOutputForMask;
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
    return new Lstm(name, toBuilder());
  }

  /**
   * Width of the state and of the output.
   *
   * @return H, 1 or more
   */
  public int units() {
    return units;
  }

  /**
   * The activation a, of the candidate g and of the output.
   *
   * @return {@link Activation#TANH} unless set
   */
  public Activation activation() {
    return activation;
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
   * Whether there is a bias.
   *
   * @return true unless set
   */
  public boolean useBias() {
    return useBias;
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
   * Whether the output is every step's h rather than the last one's.
   *
   * @return false unless set
   */
  public boolean returnSequences() {
    return returnSequences;
  }

  /**
   * Whether the sequence is read from its last step to its first; a sequence of outputs stays in
   * the order in which it was computed, as in Keras, while a mask goes on in the order of time. A
   * {@link Bidirectional} brings both into the order of time.
   *
   * <p>So with {@link #returnSequences()} and padding, a layer above that reads time finds the mask
   * at other steps than the padding. That layer's result depends on how many steps are padding,
   * exactly as in Keras; its sequences do not give the bits that they give alone.
   *
   * @return false unless set
   */
  public boolean goBackwards() {
    return goBackwards;
  }

  /**
   * Whether a padded step gives 0 rather than the output before it, in a sequence of outputs.
   *
   * @return false unless set
   */
  public boolean zeroOutputForMask() {
    return zeroOutputForMask;
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return builder(units)
        .activation(activation)
        .recurrentActivation(recurrentActivation)
        .useBias(useBias)
        .unitForgetBias(unitForgetBias)
        .returnSequences(returnSequences)
        .goBackwards(goBackwards)
        .zeroOutputForMask(zeroOutputForMask)
        .name(name());
  }

  @Override
  boolean needsTime() {
    return true;
  }

  @Override
  public boolean givesTime(boolean time) {
    return time && returnSequences;
  }

  @Override
  public List<Integer> stateUnits() {
    return List.of(units);
  }

  @Override
  boolean goesBackwards() {
    return goBackwards;
  }

  @Override
  String withoutTime() {
    return LstmErrors.givesLastStep(this);
  }

  @Override
  boolean readsMask() {
    return true;
  }

  @Override
  boolean passesMask() {
    return returnSequences;
  }

  @Override
  public boolean streams() {
    return !goBackwards;
  }

  @Override
  @Nullable Activation unbounded() {
    boolean bounded = activation != Activation.RELU && activation != Activation.LINEAR;
    return bounded ? null : activation;
  }

  @Override
  Axes output(Axes in) {
    return new Axes(returnSequences ? in.steps() : Axes.NONE, units);
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    int features = in.width();
    int gates = 4 * units;
    List<WeightSpec> specs = new ArrayList<>();
    specs.add(
        WeightSpec.trained(
            WeightSpec.KERNEL, Shape.of(features, gates), new GlorotUniform(features, gates)));
    specs.add(
        WeightSpec.trained(
            WeightSpec.RECURRENT_KERNEL, Shape.of(units, gates), new Orthogonal(units, gates)));
    if (useBias) {
      Initializer bias = unitForgetBias ? new ForgetBias(units) : Initializer.ZEROS;
      specs.add(WeightSpec.trained(WeightSpec.BIAS, Shape.of(gates), bias));
    }
    return specs;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new LstmForward(this, in.width(), weights);
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return place.below().mask() == null
        ? new LstmTraining(this, place)
        : new MaskedLstmTraining(this, place);
  }

  /** Collects the settings of an {@link Lstm}. Not thread-safe. */
  public static final class Builder {
    private int units;
    private String name = "";
    private Activation activation = Activation.TANH;
    private Activation recurrentActivation = Activation.SIGMOID;
    private boolean useBias = true;
    private boolean unitForgetBias = true;
    private boolean returnSequences;
    private boolean goBackwards;
    private boolean zeroOutputForMask;

    private Builder(int units) {
      units(units);
    }

    private Builder units(int value) {
      if (value < 1) {
        throw LstmErrors.units("Lstm", value);
      }
      if (value > MOST) {
        throw LstmErrors.tooManyUnits("Lstm", value, MOST);
      }
      this.units = value;
      return this;
    }

    /**
     * Sets the activation a, of the candidate and of the output.
     *
     * @param value the activation; {@link Activation#TANH} is the fast one
     * @return this
     */
    public Builder activation(Activation value) {
      this.activation = value;
      return this;
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
     * Sets whether the output is every step's h.
     *
     * @param value whether
     * @return this
     */
    public Builder returnSequences(boolean value) {
      this.returnSequences = value;
      return this;
    }

    /**
     * Sets whether the sequence is read from its last step to its first.
     *
     * @param value whether
     * @return this
     */
    public Builder goBackwards(boolean value) {
      this.goBackwards = value;
      return this;
    }

    /**
     * Sets what a padded step gives in a sequence of outputs: 0, or the output before it.
     *
     * @param value whether 0
     * @return this
     */
    public Builder zeroOutputForMask(boolean value) {
      this.zeroOutputForMask = value;
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
    public Lstm build() {
      return new Lstm(name, this);
    }
  }
}
