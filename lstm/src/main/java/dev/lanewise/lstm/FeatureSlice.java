package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.FeatureSliceForward;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.train.FeatureSliceTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * Takes some of the features: (batch, timesteps, features) becomes (batch, timesteps, count), and
 * (batch, features) becomes (batch, count). PyTorch's {@code x[..., first:first + count]}; Keras
 * has no such layer.
 *
 * <p>{@link Bidirectional#applyBoth} takes the two directions apart with it. Immutable.
 */
public final class FeatureSlice extends Layer {
  static final LayerType TYPE =
      Declaration.of(FeatureSlice.class, () -> of(0, 1))
          .whole("first", 0, FeatureSlice::first, (layer, v) -> of(v, layer.count))
          .size("count", FeatureSlice::count, (layer, v) -> of(layer.first, v))
          .type();

  private final int first;
  private final int count;

  private FeatureSlice(String name, int first, int count) {
    super(name);
    this.first = first;
    this.count = count;
  }

  /**
   * A layer that takes the features {@code first} to before {@code first + count}.
   *
   * @param first 0 or more
   * @param count 1 or more
   * @return the layer
   * @throws IllegalArgumentException when one is out of its range
   */
  public static FeatureSlice of(int first, int count) {
    return new FeatureSlice(
        "",
        Settings.atLeast("FeatureSlice", "first", first, 0),
        Settings.atLeast("FeatureSlice", "count", count, 1));
  }

  @Override
  public FeatureSlice named(String name) {
    return new FeatureSlice(name, first, count);
  }

  /**
   * The first feature that it takes.
   *
   * @return 0 or more
   */
  public int first() {
    return first;
  }

  /**
   * How many features it takes.
   *
   * @return 1 or more
   */
  public int count() {
    return count;
  }

  @Override
  Axes output(Axes in) {
    if (count > in.width() - first) {
      throw LayerErrors.featureSlice(this, in);
    }
    return in.withWidth(count);
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new FeatureSliceForward(in.width(), first, count);
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new FeatureSliceTraining(first, count, place);
  }
}
