package dev.lanewise.lstm;

import java.util.List;

/**
 * A description of one layer of a {@link Sequential}: what it computes, not its weights, which the
 * {@code Sequential} holds.
 *
 * <p>Immutable; may be shared between models and threads.
 */
public abstract sealed class Layer
    permits Bidirectional,
        Conv1d,
        Dense,
        Dropout,
        Embedding,
        Flatten,
        Lstm,
        Masking,
        Normalization,
        Permute,
        Reshape,
        Softmax {
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

  /** Whether its input must have a time axis. */
  boolean needsTime() {
    return false;
  }

  /** Whether it can only be built for a number of timesteps that is known. */
  boolean fixesTime() {
    return false;
  }

  /** Whether its output has the time axis of an input that has one. */
  boolean keepsTime() {
    return true;
  }

  /** Whether steps that are padding before it are so after it too. */
  boolean passesMask() {
    return true;
  }

  /** The number of which a step to skip has nothing else; NaN where no number says so. */
  float maskValue() {
    return Float.NaN;
  }

  /** Whether it can take a sequence step by step. */
  boolean streams() {
    return true;
  }

  /** The axes of its output; refuses those that it cannot take. */
  abstract Axes output(Axes in);

  /** Its weights in Keras's order. */
  List<WeightSpec> weights(Axes in) {
    return List.of();
  }

  /** Makes it ready to predict: packs its weights. */
  abstract ForwardLayer forward(Axes in, LayerWeights weights);

  /** Makes it ready to train. */
  abstract TrainingLayer training(TrainingPlace place);
}
