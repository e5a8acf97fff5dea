package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.GlobalAveragePooling1dForward;
import dev.lanewise.lstm.train.GlobalAveragePooling1dTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * The mean of all steps, feature by feature: {@code y = mean over t of x_t}, Keras's {@code
 * GlobalAveragePooling1D}. Padded steps do not count. A sequence of padding alone gives 0, where
 * Keras gives NaN.
 *
 * <p>Input (batch, timesteps, features), output (batch, features). A mask ends here. Immutable.
 */
public final class GlobalAveragePooling1d extends Layer {
  static final LayerType TYPE =
      Declaration.of(GlobalAveragePooling1d.class, GlobalAveragePooling1d::of).type();

  private GlobalAveragePooling1d(String name) {
    super(name);
  }

  /**
   * The layer.
   *
   * @return a new layer
   */
  public static GlobalAveragePooling1d of() {
    return new GlobalAveragePooling1d("");
  }

  @Override
  public GlobalAveragePooling1d named(String name) {
    return new GlobalAveragePooling1d(name);
  }

  @Override
  boolean needsTime() {
    return true;
  }

  @Override
  public boolean givesTime(boolean time) {
    return false;
  }

  @Override
  boolean readsMask() {
    return true;
  }

  @Override
  boolean passesMask() {
    return false;
  }

  @Override
  public boolean streams() {
    return false;
  }

  @Override
  Axes output(Axes in) {
    return in.withSteps(Axes.NONE);
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new GlobalAveragePooling1dForward(in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new GlobalAveragePooling1dTraining(place);
  }
}
