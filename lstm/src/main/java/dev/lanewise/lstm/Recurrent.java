package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.recurrent.DenseRecurrentTraining;
import dev.lanewise.lstm.recurrent.ForwardCell;
import dev.lanewise.lstm.recurrent.PackedRecurrentTraining;
import dev.lanewise.lstm.recurrent.RecurrentForward;
import dev.lanewise.lstm.recurrent.TrainingCell;
import dev.lanewise.lstm.recurrent.Walk;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that reads a sequence step by step and keeps a state in between: what all such layers
 * have in common.
 *
 * <p>Input (batch, timesteps, features). Output the state h of the last step (batch, units), or of
 * every step (batch, timesteps, units) with {@link #returnSequences()}.
 *
 * <p>A step that a mask marks as padding leaves the state as it was; its output is that of the step
 * before it, 0 where there is none. Immutable.
 */
public abstract sealed class Recurrent extends Layer permits Gru, Lstm, SimpleRnn {

  /** With which the rows of gates and their padding are what the kernels can address. */
  private static final int MOST = 1 << 23;

  private final int units;
  private final Activation activation;
  private final boolean useBias;
  private final boolean returnSequences;
  private final boolean goBackwards;
  private final boolean zeroOutputForMask;
  private final double dropout;
  private final double recurrentDropout;
  private final boolean trainable;
  private final Regularizer kernelRegularizer;
  private final Regularizer recurrentRegularizer;
  private final Regularizer biasRegularizer;
  private final boolean learnedInitialState;

  Recurrent(String name, Builder<?> from) {
    super(name);
    this.units = from.units;
    this.activation = from.activation;
    this.useBias = from.useBias;
    this.returnSequences = from.returnSequences;
    this.goBackwards = from.goBackwards;
    this.zeroOutputForMask = from.zeroOutputForMask;
    this.dropout = from.dropout;
    this.recurrentDropout = from.recurrentDropout;
    this.trainable = from.trainable;
    this.kernelRegularizer = from.kernelRegularizer;
    this.recurrentRegularizer = from.recurrentRegularizer;
    this.biasRegularizer = from.biasRegularizer;
    this.learnedInitialState = from.learnedInitialState;
  }

  /**
   * Width of the state and of the output; of an {@link Lstm} with a projection, of c alone.
   *
   * @return H, 1 or more
   */
  public int units() {
    return units;
  }

  /**
   * The activation a, of what a step adds to the state.
   *
   * @return {@link Activation#TANH} unless set
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
   * The part of the features of its input that it drops while training: those of a sequence are the
   * same at every step (Gal and Ghahramani, 2016), and new ones in each batch. What is kept is
   * divided by what is left of 1. Predicts as if there were no dropout.
   *
   * @return at least 0, below 1; 0 unless set
   */
  public double dropout() {
    return dropout;
  }

  /**
   * The part of the units of h_{t-1} that its products drop while training, as {@link #dropout}.
   * What goes past the products, such as {@code z * h_{t-1}} of a {@link Gru}, is not dropped.
   *
   * <p>As in Keras, each gate drops units of its own, and where this is not 0 features of its own
   * too. What is dropped is drawn from the seed of {@link FitOptions}, the same for any number of
   * threads.
   *
   * @return at least 0, below 1; 0 unless set
   */
  public double recurrentDropout() {
    return recurrentDropout;
  }

  @Override
  public boolean trainable() {
    return trainable;
  }

  @Override
  public Recurrent trainable(boolean value) {
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
   * What the recurrent kernel adds to the loss.
   *
   * @return {@link Regularizer#NONE} unless set
   */
  public Regularizer recurrentRegularizer() {
    return recurrentRegularizer;
  }

  /**
   * What the bias adds to the loss.
   *
   * @return {@link Regularizer#NONE} unless set
   */
  public Regularizer biasRegularizer() {
    return biasRegularizer;
  }

  /**
   * Whether the state that a sequence begins from is a weight, which is trained, rather than 0:
   * {@code initial_h} (units), and of an {@link Lstm} {@code initial_c} (units). Both are 0 at
   * first. Padding before the first step leaves it. A call that is handed states begins from those.
   *
   * @return false unless set
   */
  public boolean learnedInitialState() {
    return learnedInitialState;
  }

  /** Adds the weights of {@link #learnedInitialState}. */
  final List<WeightSpec> withInitialState(List<WeightSpec> specs) {
    if (learnedInitialState) {
      specs.add(initial(WeightSpec.INITIAL_H, outputs()));
      cellUnits().forEach(width -> specs.add(initial(WeightSpec.INITIAL_C, width)));
    }
    return specs;
  }

  private static WeightSpec initial(String suffix, int width) {
    return WeightSpec.trained(suffix, Shape.of(width), Initializer.ZEROS);
  }

  @Override
  Regularizer regularizer(String weight) {
    return switch (weight) {
      case WeightSpec.KERNEL -> kernelRegularizer;
      case WeightSpec.RECURRENT_KERNEL -> recurrentRegularizer;
      case WeightSpec.BIAS -> biasRegularizer;
      default -> Regularizer.NONE;
    };
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public abstract Builder<?> toBuilder();

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
    return List.of(outputs());
  }

  /** Width of h. */
  int outputs() {
    return units;
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
    return new Axes(returnSequences ? in.steps() : Axes.NONE, outputs());
  }

  private Walk walk() {
    return new Walk(returnSequences, goBackwards, zeroOutputForMask, dropout, recurrentDropout);
  }

  /** What it computes in a step, its weights packed. */
  abstract ForwardCell forwardCell(int features, LayerWeights weights);

  /** What it computes in a step in training. */
  abstract TrainingCell trainingCell(TrainingPlace place);

  @Override
  final RecurrentForward forward(Axes in, LayerWeights weights) {
    return new RecurrentForward(walk(), in.width(), forwardCell(in.width(), weights), weights);
  }

  @Override
  final TrainingLayer training(TrainingPlace place) {
    TrainingCell cell = trainingCell(place);
    return place.below().mask() == null
        ? new DenseRecurrentTraining(walk(), cell, place)
        : new PackedRecurrentTraining(walk(), cell, place);
  }

  /**
   * Collects the settings of a recurrent layer. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static sealed class Builder<B extends Builder<B>>
      permits Gru.Builder, Lstm.Builder, SimpleRnn.Builder {
    private int units;
    private String name = "";
    private Activation activation = Activation.TANH;
    private boolean useBias = true;
    private boolean returnSequences;
    private boolean goBackwards;
    private boolean zeroOutputForMask;
    private double dropout;
    private double recurrentDropout;
    private boolean trainable = true;
    private Regularizer kernelRegularizer = Regularizer.NONE;
    private Regularizer recurrentRegularizer = Regularizer.NONE;
    private Regularizer biasRegularizer = Regularizer.NONE;
    private boolean learnedInitialState;

    Builder() {}

    /** With a layer's values, but for those that only its own kind has. */
    final B from(Recurrent layer) {
      units = layer.units;
      return activation(layer.activation)
          .useBias(layer.useBias)
          .returnSequences(layer.returnSequences)
          .goBackwards(layer.goBackwards)
          .zeroOutputForMask(layer.zeroOutputForMask)
          .dropout(layer.dropout)
          .recurrentDropout(layer.recurrentDropout)
          .trainable(layer.trainable)
          .kernelRegularizer(layer.kernelRegularizer)
          .recurrentRegularizer(layer.recurrentRegularizer)
          .biasRegularizer(layer.biasRegularizer)
          .learnedInitialState(layer.learnedInitialState)
          .name(layer.name());
    }

    abstract B self();

    /** What the layer is called in errors. */
    abstract String type();

    final B units(int value) {
      if (value < 1) {
        throw LstmErrors.units(type(), value);
      }
      if (value > MOST) {
        throw LstmErrors.tooManyUnits(type(), value, MOST);
      }
      this.units = value;
      return self();
    }

    final String name() {
      return name;
    }

    /**
     * Sets the activation a, of what a step adds to the state.
     *
     * @param value the activation; {@link Activation#TANH} is the fast one
     * @return this
     */
    public final B activation(Activation value) {
      this.activation = value;
      return self();
    }

    /**
     * Sets whether there is a bias.
     *
     * @param value whether
     * @return this
     */
    public final B useBias(boolean value) {
      this.useBias = value;
      return self();
    }

    /**
     * Sets whether the output is every step's h.
     *
     * @param value whether
     * @return this
     */
    public final B returnSequences(boolean value) {
      this.returnSequences = value;
      return self();
    }

    /**
     * Sets whether the sequence is read from its last step to its first.
     *
     * @param value whether
     * @return this
     */
    public final B goBackwards(boolean value) {
      this.goBackwards = value;
      return self();
    }

    /**
     * Sets what a padded step gives in a sequence of outputs: 0, or the output before it.
     *
     * @param value whether 0
     * @return this
     */
    public final B zeroOutputForMask(boolean value) {
      this.zeroOutputForMask = value;
      return self();
    }

    /**
     * Sets the part of the features of its input that it drops while training.
     *
     * @param value at least 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public final B dropout(double value) {
      this.dropout = Settings.fraction(type(), "dropout", value);
      return self();
    }

    /**
     * Sets the part of the units of the state before that its products drop while training. Each
     * gate then has products of its own, which take longer.
     *
     * @param value at least 0, below 1
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public final B recurrentDropout(double value) {
      this.recurrentDropout = Settings.fraction(type(), "recurrentDropout", value);
      return self();
    }

    /**
     * Sets whether {@link Sequential#fit} changes the weights.
     *
     * @param value whether
     * @return this
     */
    public final B trainable(boolean value) {
      this.trainable = value;
      return self();
    }

    /**
     * Sets what the kernel adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public final B kernelRegularizer(Regularizer value) {
      this.kernelRegularizer = value;
      return self();
    }

    /**
     * Sets what the recurrent kernel adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public final B recurrentRegularizer(Regularizer value) {
      this.recurrentRegularizer = value;
      return self();
    }

    /**
     * Sets what the bias adds to the loss.
     *
     * @param value for instance {@link Regularizer#l2}
     * @return this
     */
    public final B biasRegularizer(Regularizer value) {
      this.biasRegularizer = value;
      return self();
    }

    /**
     * Sets whether the state that a sequence begins from is trained rather than 0.
     *
     * @param value whether
     * @return this
     */
    public final B learnedInitialState(boolean value) {
      this.learnedInitialState = value;
      return self();
    }

    /**
     * Sets the name.
     *
     * @param value the name; empty to have one given by {@link Sequential}
     * @return this
     */
    public final B name(String value) {
      this.name = value;
      return self();
    }

    /**
     * The layer.
     *
     * @return a new layer
     */
    public abstract Recurrent build();
  }
}
