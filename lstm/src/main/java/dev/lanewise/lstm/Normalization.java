package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Constants;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.NormalizationForward;
import dev.lanewise.lstm.train.NormalizationTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import dev.lanewise.tensor.Shape;
import java.util.List;

/**
 * Shifts and scales each feature of the last axis by fixed numbers, so that a saved model takes and
 * gives real units. {@code y = (x - mean) / deviation}, or inverted {@code y = x * deviation +
 * mean}, as Keras's {@code Normalization(invert=True)}.
 *
 * <p>On (batch, features) or (batch, timesteps, features). Never trained; its numbers are the
 * model's non-trainable weights {@code mean} and {@code deviation}. Immutable.
 */
public final class Normalization extends Layer {
  // The last setting is checked with the others.
  static final LayerType TYPE =
      Declaration.of(Normalization.class, () -> of(new float[1], new float[] {1}))
          .truth("inverse", Normalization::isInverse, (layer, v) -> layer.inverse(v))
          .weight(WeightSpec.MEAN, Normalization::mean, (layer, v) -> layer.mean(v))
          .weight(WeightSpec.DEVIATION, Normalization::deviation, (layer, v) -> layer.deviation(v))
          .type();

  private final float[] mean;
  private final float[] deviation;
  private final boolean inverted;

  private Normalization(String name, float[] mean, float[] deviation, boolean inverted) {
    super(name);
    this.mean = mean;
    this.deviation = deviation;
    this.inverted = inverted;
  }

  /**
   * {@code y = (x - mean) / deviation}.
   *
   * @param mean one number a feature, finite. Copied
   * @param deviation one number a feature, finite and above 0. Copied
   * @return the layer
   * @throws IllegalArgumentException when the arrays are empty or differ in length, or a number is
   *     not allowed
   */
  public static Normalization of(float[] mean, float[] deviation) {
    return checked("Normalization.of", mean, deviation, false);
  }

  /**
   * {@code y = x * deviation + mean}: undoes {@link #of}.
   *
   * @param mean one number a feature, finite. Copied
   * @param deviation one number a feature, finite and above 0. Copied
   * @return the layer
   * @throws IllegalArgumentException when the arrays are empty or differ in length, or a number is
   *     not allowed
   */
  public static Normalization inverse(float[] mean, float[] deviation) {
    return checked("Normalization.inverse", mean, deviation, true);
  }

  private static Normalization checked(
      String operation, float[] mean, float[] deviation, boolean inverted) {
    if (mean.length == 0 || mean.length != deviation.length) {
      throw LstmErrors.normalizationLengths(operation, mean.length, deviation.length);
    }
    for (int feature = 0; feature < mean.length; feature++) {
      boolean usable = Float.isFinite(deviation[feature]) && deviation[feature] > 0;
      if (!usable || !Float.isFinite(mean[feature])) {
        throw LstmErrors.normalizationValue(operation, feature, mean[feature], deviation[feature]);
      }
    }
    return new Normalization("", mean.clone(), deviation.clone(), inverted);
  }

  private Normalization inverse(boolean value) {
    return new Normalization("", mean, deviation, value);
  }

  private Normalization mean(float[] values) {
    return new Normalization("", values, deviation, inverted);
  }

  private Normalization deviation(float[] values) {
    return inverted ? inverse(mean, values) : of(mean, values);
  }

  @Override
  public Normalization named(String name) {
    return new Normalization(name, mean, deviation, inverted);
  }

  /**
   * What is subtracted, or added where inverted.
   *
   * @return a new array, one number a feature
   */
  public float[] mean() {
    return mean.clone();
  }

  /**
   * What is divided by, or multiplied by where inverted.
   *
   * @return a new array, one number a feature
   */
  public float[] deviation() {
    return deviation.clone();
  }

  /**
   * Whether this layer goes from scaled numbers back to real units.
   *
   * @return true for {@link #inverse}
   */
  public boolean isInverse() {
    return inverted;
  }

  /**
   * How many features it takes.
   *
   * @return 1 or more
   */
  public int features() {
    return mean.length;
  }

  @Override
  boolean normalizes() {
    return true;
  }

  @Override
  Axes output(Axes in) {
    if (in.width() != mean.length) {
      throw LstmErrors.normalizationFeatures(this, in.width());
    }
    return in;
  }

  @Override
  List<WeightSpec> weights(Axes in) {
    Shape shape = Shape.of(mean.length);
    return List.of(
        new WeightSpec(WeightSpec.MEAN, shape, false, new Constants(mean), true),
        new WeightSpec(WeightSpec.DEVIATION, shape, false, new Constants(deviation), true));
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new NormalizationForward(mean.length, isInverse(), weights);
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new NormalizationTraining(isInverse(), place);
  }
}
