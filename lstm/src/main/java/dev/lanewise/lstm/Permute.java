package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.IdentityForward;
import dev.lanewise.lstm.run.Rearrangement;
import dev.lanewise.lstm.run.RearrangementForward;
import dev.lanewise.lstm.train.RearrangementTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.Arrays;

/**
 * Swaps timesteps and features: (batch, timesteps, features) becomes (batch, features, timesteps),
 * Keras's {@code Permute((2, 1))} and PyTorch's {@code permute(0, 2, 1)}. A mask ends here.
 *
 * <p>Its width is the timesteps, so that the model must be built with them: {@link
 * Sequential#build(int, int, long)}. Immutable.
 */
public final class Permute extends Layer {
  static final LayerType TYPE =
      Declaration.of(Permute.class, () -> of(1, 2))
          .axes("axes", Permute::axes, (layer, v) -> of(v))
          .type();

  private final boolean swaps;

  private Permute(String name, boolean swaps) {
    super(name);
    this.swaps = swaps;
  }

  /**
   * A layer that puts the axes of a sample in another order. As in Keras they count from 1, the
   * batch staying where it is.
   *
   * @param axes 2, 1 to swap timesteps and features; 1, 2 to leave them
   * @return the layer
   * @throws IllegalArgumentException when it is neither
   */
  public static Permute of(int... axes) {
    boolean swaps = Arrays.equals(axes, new int[] {2, 1});
    if (!swaps && !Arrays.equals(axes, new int[] {1, 2})) {
      throw LayerErrors.permuteAxes(axes);
    }
    return new Permute("", swaps);
  }

  @Override
  public Permute named(String name) {
    return new Permute(name, swaps);
  }

  /**
   * The order of the axes, counted from 1.
   *
   * @return a new array, 2, 1 or 1, 2
   */
  public int[] axes() {
    return swaps ? new int[] {2, 1} : new int[] {1, 2};
  }

  @Override
  boolean needsTime() {
    return true;
  }

  @Override
  boolean fixesTime() {
    return swaps;
  }

  @Override
  boolean passesMask() {
    return !swaps;
  }

  @Override
  public boolean streams() {
    return !swaps;
  }

  @Override
  Axes output(Axes in) {
    return swaps ? in.transposed() : in;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return swaps ? new RearrangementForward(Rearrangement.transpose(in)) : IdentityForward.INSTANCE;
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    Axes in = new Axes(place.below().steps(), place.below().width());
    return new RearrangementTraining(
        swaps ? Rearrangement.transpose(in) : Rearrangement.reshape(in, in), place);
  }
}
