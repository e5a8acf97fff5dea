package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.RepeatVectorForward;
import dev.lanewise.lstm.train.RepeatVectorTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * Gives each sample a time axis of equal steps: (batch, features) becomes (batch, n, features),
 * Keras's {@code RepeatVector}. Between two {@link Lstm}s it makes an encoder and a decoder.
 *
 * <p>Takes no time axis: a layer before it returns only its last step. Immutable.
 */
public final class RepeatVector extends Layer {
  static final LayerType TYPE =
      Declaration.of(RepeatVector.class, () -> of(1))
          .size("n", RepeatVector::n, (layer, v) -> of(v))
          .type();

  private final int n;

  private RepeatVector(String name, int n) {
    super(name);
    this.n = n;
  }

  /**
   * A layer that repeats each sample.
   *
   * @param n how many timesteps it gives, 1 or more
   * @return the layer
   * @throws IllegalArgumentException when it is less than 1
   */
  public static RepeatVector of(int n) {
    return new RepeatVector("", Settings.atLeast("RepeatVector", "n", n, 1));
  }

  @Override
  public RepeatVector named(String name) {
    return new RepeatVector(name, n);
  }

  /**
   * How many timesteps it gives.
   *
   * @return 1 or more
   */
  public int n() {
    return n;
  }

  @Override
  public boolean givesTime(boolean time) {
    return true;
  }

  @Override
  public boolean streams() {
    return false;
  }

  @Override
  InputKind input() {
    return InputKind.ROWS;
  }

  @Override
  boolean refusesTime() {
    return true;
  }

  @Override
  boolean passesMask() {
    return false;
  }

  @Override
  Axes output(Axes in) {
    if (in.hasTime()) {
      throw LayerErrors.repeatOfSequence(this, in);
    }
    return in.withSteps(n);
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new RepeatVectorForward(n, in.width());
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    return new RepeatVectorTraining(n, place);
  }
}
