package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.GlobalMaxPooling1dForward;
import dev.lanewise.lstm.train.GlobalMaxPooling1dTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * The largest of all steps, feature by feature: {@code y = max over t of x_t}, Keras's {@code
 * GlobalMaxPooling1D}. Where several steps are the largest, each has an equal part of the gradient.
 *
 * <p>Input (batch, timesteps, features), output (batch, features). A mask ends here, and padded
 * steps count as any other, as in Keras. Immutable.
 */
public final class GlobalMaxPooling1d extends Layer {
  static final LayerType TYPE =
      Declaration.of(GlobalMaxPooling1d.class, GlobalMaxPooling1d::of).type();

  private GlobalMaxPooling1d(String name) {
    super(name);
  }

  /**
   * The layer.
   *
   * @return a new layer
   */
  public static GlobalMaxPooling1d of() {
    return new GlobalMaxPooling1d("");
  }

  @Override
  public GlobalMaxPooling1d named(String name) {
    return new GlobalMaxPooling1d(name);
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
    return new GlobalMaxPooling1dForward(in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new GlobalMaxPooling1dTraining(place);
  }
}
