package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.MaxPooling1dForward;
import dev.lanewise.lstm.train.MaxPooling1dTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * The largest of each window of steps, feature by feature, Keras's {@code MaxPooling1D}:
 *
 * <pre>y_t = max over k of x_{t * strides + k - before}</pre>
 *
 * with k from 0 to before the pool size, over the steps that are there. The gradient of a window
 * goes to the first of its largest steps.
 *
 * <p>Input (batch, timesteps, features), output (batch, outputs, features). A mask ends here, and
 * padded steps count as any other, as in Keras. Immutable.
 */
public final class MaxPooling1d extends Pooling1d {
  static final LayerType TYPE =
      new Declaration<>(MaxPooling1d.class, () -> new Builder(1), Builder::build)
          .size("poolSize", MaxPooling1d::poolSize, Builder::poolSize)
          .size("strides", MaxPooling1d::strides, Builder::strides)
          .constant("padding", Padding.class, MaxPooling1d::padding, Builder::padding)
          .type();

  private MaxPooling1d(Builder from) {
    super(from);
  }

  /**
   * A layer whose windows follow one another, without padding.
   *
   * @param poolSize steps of a window, 1 or more
   * @return the layer
   * @throws IllegalArgumentException when it is less than 1
   */
  public static MaxPooling1d of(int poolSize) {
    return builder(poolSize).build();
  }

  /**
   * A builder that begins with Keras's defaults: windows that follow one another, no padding.
   *
   * @param poolSize steps of a window, 1 or more
   * @return the builder
   * @throws IllegalArgumentException when it is less than 1
   */
  public static Builder builder(int poolSize) {
    return new Builder(poolSize);
  }

  @Override
  public MaxPooling1d named(String name) {
    return toBuilder().name(name).build();
  }

  /**
   * A builder that begins with this layer's values.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return builder(poolSize()).from(this);
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new MaxPooling1dForward(steps(), in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new MaxPooling1dTraining(steps(), place);
  }

  /** Collects the settings of {@link MaxPooling1d}. Not thread-safe. */
  public static final class Builder extends Pooling1d.Builder<Builder> {
    private Builder(int poolSize) {
      poolSize(poolSize);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    String type() {
      return "MaxPooling1d";
    }

    @Override
    public MaxPooling1d build() {
      return new MaxPooling1d(this);
    }
  }
}
