package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.SoftmaxForward;
import dev.lanewise.lstm.run.SoftmaxOverTime;
import dev.lanewise.lstm.train.RowLoss;
import dev.lanewise.lstm.train.SoftmaxOverTimeTraining;
import dev.lanewise.lstm.train.SoftmaxTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns scores into probabilities that add up to 1: {@code y_i = e^(x_i) / sum of e^(x_j)}. It goes
 * over the features of each timestep, or over the {@link Axis} that is given. Keras's {@code
 * activation="softmax"} is this layer after a linear {@link Dense}.
 *
 * <p>Over timesteps, padding that a mask names takes no part: its probability is 0, and a sequence
 * gives the bits that it gives alone.
 *
 * <p>On (batch, features) or (batch, timesteps, features). Immutable.
 */
public final class Softmax extends Layer {
  static final LayerType TYPE =
      Declaration.of(Softmax.class, Softmax::of)
          .leftOut()
          .constant("axis", Axis.class, Softmax::axis, (layer, v) -> of(v))
          .type();

  /** What adds up to 1. */
  public enum Axis {
    /** The features of each timestep: the last axis, Keras's {@code axis=-1}. */
    FEATURES,
    /** The timesteps of each feature: Keras's {@code axis=1} of (batch, timesteps, features). */
    TIMESTEPS,
    /** All features of all timesteps of a sample: Keras's {@code axis=[1, 2]}. */
    SAMPLE
  }

  private final Axis axis;

  private Softmax(String name, Axis axis) {
    super(name);
    this.axis = axis;
  }

  /**
   * The layer over the features.
   *
   * @return a new layer
   */
  public static Softmax of() {
    return of(Axis.FEATURES);
  }

  /**
   * The layer over an axis.
   *
   * @param axis what adds up to 1
   * @return a new layer
   */
  public static Softmax of(Axis axis) {
    return new Softmax("", axis);
  }

  @Override
  public Softmax named(String name) {
    return new Softmax(name, axis);
  }

  /**
   * What adds up to 1.
   *
   * @return the axis
   */
  public Axis axis() {
    return axis;
  }

  @Override
  boolean needsTime() {
    return axis != Axis.FEATURES;
  }

  @Override
  public boolean streams() {
    return axis == Axis.FEATURES;
  }

  @Override
  @Nullable RowLoss fused(Loss loss) {
    return axis == Axis.FEATURES ? loss.afterSoftmax() : null;
  }

  @Override
  List<Layer> unfused() {
    return List.of();
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return axis == Axis.FEATURES ? new SoftmaxForward(in.width()) : overTime(in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return axis == Axis.FEATURES
        ? new SoftmaxTraining(place)
        : new SoftmaxOverTimeTraining(overTime(place.below().width()), place);
  }

  private SoftmaxOverTime overTime(int width) {
    return new SoftmaxOverTime(width, axis == Axis.SAMPLE ? width : 1);
  }
}
