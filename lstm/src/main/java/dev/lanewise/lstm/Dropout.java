package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.IdentityForward;
import dev.lanewise.lstm.train.DropoutTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * While training, sets each element to 0 with a probability and divides the others by what is left
 * of 1 (Srivastava et al., 2014). Predicts as if it were not there.
 *
 * <p>On (batch, features) or (batch, timesteps, features). What is dropped is drawn from the seed
 * of {@link FitOptions}, the same for any number of threads. Immutable.
 */
public final class Dropout extends Layer {
  static final LayerType TYPE =
      Declaration.of(Dropout.class, () -> of(0))
          .forTraining()
          .number("rate", Dropout::rate, (layer, v) -> of(v.doubleValue()))
          .type();

  private final double rate;

  private Dropout(String name, double rate) {
    super(name);
    this.rate = rate;
  }

  /**
   * A layer that drops a part of the elements.
   *
   * @param rate the probability of an element to become 0: at least 0, below 1
   * @return the layer
   * @throws IllegalArgumentException when it is not
   */
  public static Dropout of(double rate) {
    return new Dropout("", Settings.fraction("Dropout", "rate", rate));
  }

  @Override
  public Dropout named(String name) {
    return new Dropout(name, rate);
  }

  /**
   * The probability of an element to become 0.
   *
   * @return at least 0, below 1
   */
  public double rate() {
    return rate;
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
    return new DropoutTraining(rate, place);
  }
}
