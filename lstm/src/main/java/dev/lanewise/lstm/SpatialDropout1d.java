package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.IdentityForward;
import dev.lanewise.lstm.train.SpatialDropout1dTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * While training, sets whole features to 0 with a probability, each at all steps of a sample, and
 * divides the others by what is left of 1 (Tompson et al., 2015). Predicts as if it were not there.
 * Keras's {@code SpatialDropout1D}.
 *
 * <p>On (batch, timesteps, features). What is dropped is drawn from the seed of {@link FitOptions},
 * the same for any number of threads. Immutable.
 */
public final class SpatialDropout1d extends Layer {
  static final LayerType TYPE =
      Declaration.of(SpatialDropout1d.class, () -> of(0))
          .forTraining()
          .number("rate", SpatialDropout1d::rate, (layer, v) -> of(v.doubleValue()))
          .type();

  private final double rate;

  private SpatialDropout1d(String name, double rate) {
    super(name);
    this.rate = rate;
  }

  /**
   * A layer that drops a part of the features.
   *
   * @param rate the probability of a feature of a sample to become 0: at least 0, below 1
   * @return the layer
   * @throws IllegalArgumentException when it is not
   */
  public static SpatialDropout1d of(double rate) {
    return new SpatialDropout1d("", Settings.fraction("SpatialDropout1d", "rate", rate));
  }

  @Override
  public SpatialDropout1d named(String name) {
    return new SpatialDropout1d(name, rate);
  }

  /**
   * The probability of a feature of a sample to become 0.
   *
   * @return at least 0, below 1
   */
  public double rate() {
    return rate;
  }

  @Override
  boolean needsTime() {
    return true;
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return IdentityForward.INSTANCE;
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new SpatialDropout1dTraining(rate, place);
  }
}
