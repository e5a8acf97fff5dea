package dev.lanewise.lstm;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.Merger;
import dev.lanewise.lstm.train.FrozenTraining;
import dev.lanewise.lstm.train.RowLoss;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A description of one layer of a {@link Model}: what it computes, not its weights, which the
 * {@code Model} holds.
 *
 * <p>A layer {@linkplain #equals equals} another of the same type, name and settings.
 *
 * <p>Immutable; may be shared between models and threads.
 */
public abstract sealed class Layer
    permits ActivationLayer,
        BatchNormalization,
        Bidirectional,
        Conv1d,
        Dense,
        Dropout,
        Elu,
        Embedding,
        FeatureSlice,
        Flatten,
        GlobalAveragePooling1d,
        GlobalMaxPooling1d,
        LayerNormalization,
        Masking,
        MergeLayer,
        Normalization,
        Permute,
        Pooling1d,
        Recurrent,
        Relu,
        RepeatVector,
        Reshape,
        Softmax,
        SpatialDropout1d {
  private final String name;

  Layer(String name) {
    this.name = name;
  }

  /**
   * The layer's name, unique in its model.
   *
   * @return the name; empty where none was set and no {@link Sequential} has given one. The layers
   *     of {@link Sequential#layers()} always have names, Keras's: {@code lstm}, {@code lstm_1},
   *     {@code dense}
   */
  public final String name() {
    return name;
  }

  /**
   * The same layer under another name.
   *
   * @param name the name; empty to have one given by {@link Sequential}
   * @return a new layer
   */
  public abstract Layer named(String name);

  /**
   * Whether fit changes its weights. One that is frozen still passes gradients on to the layers
   * below it.
   *
   * @return true unless set
   */
  public boolean trainable() {
    return true;
  }

  /**
   * The same layer, to be trained or frozen.
   *
   * @param value whether fit changes its weights
   * @return a new layer; this where it has no weights that are trained
   */
  public Layer trainable(boolean value) {
    return this;
  }

  /**
   * Whether its output has a time axis.
   *
   * @param time whether its input has one
   * @return the same for most layers
   */
  public boolean givesTime(boolean time) {
    return time;
  }

  /**
   * Whether it takes token ids, and can thus only be the first.
   *
   * @return false for a layer that takes numbers
   */
  public final boolean takesIds() {
    return vocabulary() > 0;
  }

  /**
   * Whether it can take a sequence step by step: {@link Predictor#stream}.
   *
   * @return false for a layer that needs the whole sequence, or its end first
   */
  public boolean streams() {
    return true;
  }

  /**
   * The hidden states h that it carries from step to step: {@link Predictor#predictWithState}.
   *
   * @return the units of each, which is (batch, units); none for most layers
   */
  public List<Integer> stateUnits() {
    return List.of();
  }

  /**
   * The cell states c that it carries from step to step beside h.
   *
   * @return the units of each, which is (batch, units); none but for an {@link Lstm}
   */
  public List<Integer> cellUnits() {
    return List.of();
  }

  /**
   * Calls the layer in a {@link Model} that is being built. A layer object that is called twice is
   * one layer of the model: its weights are shared.
   *
   * @param in what it reads: one value, or several for a {@link MergeLayer}
   * @return what it gives
   * @throws IllegalArgumentException when it does not take such values
   */
  public final Value apply(Value... in) {
    return new Application(this, List.of(in), null).gives().getFirst();
  }

  /**
   * Calls a recurrent layer, and gives the states that it ends in too: Keras's {@code
   * return_state}.
   *
   * @param in what it reads
   * @return what it gives, and the states after it
   * @throws IllegalArgumentException when it does not take such a value, or keeps no state
   */
  public final ValueWithStates applyWithState(Value in) {
    return applied(in, null);
  }

  /**
   * Calls a recurrent layer that begins from states rather than from 0: Keras's {@code
   * initial_state}.
   *
   * @param in what it reads
   * @param from what each sequence begins from
   * @return what it gives, and the states after it
   * @throws IllegalArgumentException when it does not take such values, or keeps no state
   */
  public final ValueWithStates applyWithState(Value in, States from) {
    return applied(in, from);
  }

  private ValueWithStates applied(Value in, @Nullable States from) {
    if (stateUnits().isEmpty()) {
      throw GraphErrors.noState(this);
    }
    return new Application(this, List.of(in), from).withStates();
  }

  /**
   * Whether two layers are the same.
   *
   * @param other any object
   * @return true for a layer of the same type, with the same name and settings. What weights begin
   *     with, such as the vectors of {@link Embedding#given}, is no setting
   */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Layer layer
        && getClass() == layer.getClass()
        && name.equals(layer.name)
        && Arrays.deepEquals(LayerType.of(this).values(this), LayerType.of(this).values(layer));
  }

  /**
   * A hash code.
   *
   * @return the same for equal layers
   */
  @Override
  public final int hashCode() {
    return 31 * name.hashCode() + Arrays.deepHashCode(LayerType.of(this).values(this));
  }

  /**
   * The layer in words: its type, its name where it has one, and the settings that are not by
   * default.
   *
   * @return for instance {@code Lstm(units=64)}, or {@code Lstm "lstm_1" (units=64,
   *     returnSequences=true)}
   */
  @Override
  public final String toString() {
    String words = LayerType.of(this).words(this);
    String said = words.isEmpty() ? "" : "(" + words + ")";
    return LayerNames.quoted(this) + (said.isEmpty() || name.isEmpty() ? said : " " + said);
  }

  // What comes in

  /** What it makes of a model's input, where it is the first layer that cares. */
  InputKind input() {
    if (takesIds()) {
      return InputKind.IDS;
    }
    return needsTime() ? InputKind.SEQUENCES : InputKind.EITHER;
  }

  /** How many token ids there are where it takes them; 0 where it takes numbers. */
  int vocabulary() {
    return 0;
  }

  /** The timesteps that it says come in; 0 for any number. */
  int inputLength() {
    return 0;
  }

  /** Whether its input's last axis is time, and the one before it features. */
  boolean lastAxisIsTime() {
    return false;
  }

  // Time

  /** Whether its input must have a time axis. */
  boolean needsTime() {
    return false;
  }

  /** Whether its input must have no time axis. */
  boolean refusesTime() {
    return false;
  }

  /** Whether it can only be built for a number of timesteps that is known. */
  boolean fixesTime() {
    return false;
  }

  /** Whether its output has a time axis, of one length, whatever comes in. */
  final boolean bringsTime() {
    return givesTime(false);
  }

  /** The steps that it gives for so many, where it is not built for one number; refuses too few. */
  int stepsAfter(int steps) {
    return steps;
  }

  /** The fewest steps that give so many. */
  long stepsBefore(long steps) {
    return steps;
  }

  /** Whether it reads the sequence from its end. */
  boolean goesBackwards() {
    return false;
  }

  /** For errors, after "before it": what it gives instead of a sequence, and the way out. */
  String withoutTime() {
    return LstmErrors.givesRows();
  }

  // Masks

  /** Whether what it computes changes with a mask. */
  boolean readsMask() {
    return false;
  }

  /** Whether it may mark steps as padding. */
  boolean makesMask() {
    return false;
  }

  /** Whether steps that are padding before it are so after it too. */
  boolean passesMask() {
    return true;
  }

  /** The number of which a step to skip has nothing else; NaN where no number says so. */
  float maskValue() {
    return Float.NaN;
  }

  // Training

  /** Whether it brings data of any range to about -1 to 1. */
  boolean normalizes() {
    return false;
  }

  /** The activation that leaves its state unbounded; null where it is bounded, or there is none. */
  @Nullable Activation unbounded() {
    return null;
  }

  /** The loss of what goes into the function that it ends in, for a loss of its output; or null. */
  @Nullable RowLoss fused(Loss loss) {
    return null;
  }

  /** What is left of it without the function of {@link #fused}: one layer or none. */
  List<Layer> unfused() {
    return List.of(this);
  }

  // What it does

  /** The axes of its output; refuses those that it cannot take. */
  abstract Axes output(Axes in);

  /** Whether it may be called on several values. */
  boolean takesSeveral() {
    return false;
  }

  /** The axes of its output for what it is called on; refuses those that it cannot take. */
  Axes output(List<Axes> in) {
    return output(in.getFirst());
  }

  /** Of a layer that takes several: the steps of some of them and of one more, as one. */
  int mergedSteps(int steps, int next) {
    throw new AssertionError(this);
  }

  /** Its weights in Keras's order, as they are trained where it is. */
  List<WeightSpec> weights(Axes in) {
    return List.of();
  }

  /** Its weights in Keras's order, as this layer is trained or not. */
  final List<WeightSpec> ownWeights(Axes in) {
    List<WeightSpec> own = new ArrayList<>();
    for (WeightSpec spec : weights(in)) {
      own.add(own(spec));
    }
    return List.copyOf(own);
  }

  private WeightSpec own(WeightSpec spec) {
    return trainable() ? spec.with(regularizer(spec.suffix()).penalty()) : spec.frozen();
  }

  /** What the weight of that name adds to the loss. */
  Regularizer regularizer(String weight) {
    return Regularizer.NONE;
  }

  /** Makes it ready to predict: packs its weights. */
  abstract ForwardLayer forward(Axes in, LayerWeights weights);

  /** What makes several values of such widths one; null for a layer that reads one. */
  @Nullable Merger merger(int[] widths) {
    return null;
  }

  /** Makes it ready to be trained. */
  abstract TrainingLayer training(TrainingPlace place);

  /** Makes it ready to be frozen while others are trained. */
  TrainingLayer frozen(TrainingPlace place) {
    return new FrozenTraining(training(place), place);
  }

  /** Makes it ready to train, or to stay as it is. */
  final TrainingLayer inTraining(TrainingPlace place) {
    return trainable() ? training(place) : frozen(place);
  }
}
