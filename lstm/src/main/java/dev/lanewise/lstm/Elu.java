package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ElementwiseForward;
import dev.lanewise.lstm.run.ExponentialLinear;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.train.ElementwiseTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * An exponential linear unit with a factor (Clevert et al., 2016), Keras's {@code ELU}: {@code y =
 * x} above 0, {@code alpha * (e^x - 1)} below.
 *
 * <p>On (batch, features) or (batch, timesteps, features), element by element. Immutable.
 */
public final class Elu extends Layer {
  static final LayerType TYPE =
      Declaration.of(Elu.class, () -> of(1))
          .number("alpha", Elu::alpha, (layer, v) -> of(v.floatValue()))
          .type();

  private final float alpha;

  private Elu(String name, float alpha) {
    super(name);
    this.alpha = alpha;
  }

  /**
   * The layer.
   *
   * @param alpha the factor below 0; Keras's default is 1
   * @return a new layer
   * @throws IllegalArgumentException when it is not finite
   */
  public static Elu of(float alpha) {
    return new Elu("", Settings.finite("Elu", "alpha", alpha));
  }

  @Override
  public Elu named(String name) {
    return new Elu(name, alpha);
  }

  /**
   * The factor below 0.
   *
   * @return a finite number
   */
  public float alpha() {
    return alpha;
  }

  @Override
  Axes output(Axes in) {
    return in;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new ElementwiseForward(new ExponentialLinear(alpha), in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new ElementwiseTraining(new ExponentialLinear(alpha), place);
  }
}
