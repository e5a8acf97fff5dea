package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.Rearrangement;
import dev.lanewise.lstm.run.RearrangementForward;
import dev.lanewise.lstm.train.RearrangementTraining;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;

/**
 * Lays a sample's timesteps side by side: (batch, timesteps, features) becomes (batch, timesteps *
 * features), and (batch, features) stays. A mask ends here: padded steps become features.
 *
 * <p>Its width depends on the timesteps, so that the model must be built with them: {@link
 * Sequential#build(int, int, long)}. Immutable.
 */
public final class Flatten extends Layer {
  static final LayerType TYPE = Declaration.of(Flatten.class, Flatten::of).type();

  private Flatten(String name) {
    super(name);
  }

  /**
   * The layer.
   *
   * @return a new layer
   */
  public static Flatten of() {
    return new Flatten("");
  }

  @Override
  public Flatten named(String name) {
    return new Flatten(name);
  }

  @Override
  boolean fixesTime() {
    return true;
  }

  @Override
  public boolean givesTime(boolean time) {
    return false;
  }

  @Override
  InputKind input() {
    return InputKind.SEQUENCES; // though it takes rows too, as they are
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
    if (!in.hasTime()) {
      return in;
    }
    return new Axes(Axes.NONE, Lengths.product(this, in.steps(), in.width()));
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new RearrangementForward(Rearrangement.reshape(in, output(in)));
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    TrainingBlock below = place.below();
    Axes in = new Axes(below.steps(), below.width()); // one step where there is no time axis
    Axes out = new Axes(Axes.NONE, below.steps() * below.width());
    return new RearrangementTraining(Rearrangement.reshape(in, out), place);
  }
}
