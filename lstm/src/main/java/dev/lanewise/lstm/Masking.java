package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.MaskingForward;
import dev.lanewise.lstm.train.MaskingTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * Marks the steps in which every feature is one value as padding, for the layers after it to skip:
 * Keras's {@code Masking}. A marked step's features become 0.
 *
 * <p>It drops true steps too that happen to hold nothing but that value. Where the lengths are
 * known, {@link Mask#ofLengths} is exact and needs no such value.
 *
 * <p>On (batch, timesteps, features). Immutable.
 */
public final class Masking extends Layer {
  static final LayerType TYPE =
      Declaration.of(Masking.class, () -> of(0))
          .number("value", Masking::value, (layer, v) -> of(v.floatValue()))
          .type();

  private final float value;

  private Masking(String name, float value) {
    super(name);
    this.value = value;
  }

  /**
   * A layer that marks the steps in which every feature equals a value.
   *
   * @param value what padding holds, mostly 0; -0 equals 0, NaN equals nothing
   * @return the layer
   */
  public static Masking of(float value) {
    return new Masking("", value);
  }

  @Override
  public Masking named(String name) {
    return new Masking(name, value);
  }

  /**
   * What padding holds.
   *
   * @return the value
   */
  public float value() {
    return value;
  }

  @Override
  boolean needsTime() {
    return true;
  }

  @Override
  boolean makesMask() {
    return true;
  }

  @Override
  float maskValue() {
    return value;
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new MaskingForward(value, in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new MaskingTraining(value, place);
  }
}
