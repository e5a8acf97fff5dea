package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.Rearrangement;
import dev.lanewise.lstm.run.RearrangementForward;
import dev.lanewise.lstm.train.RearrangementTraining;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.util.Arrays;

/**
 * Gives each sample other axes, its elements staying in their flat order: Keras's {@code Reshape}.
 * It never swaps axes: {@link Permute} does. A mask ends here.
 *
 * <p>The model must be built with the timesteps that come in: {@link Sequential#build(int, int,
 * long)}, or {@link Sequential#build(int, long)} where (batch, features) comes in. Immutable.
 */
public final class Reshape extends Layer {
  static final LayerType TYPE =
      Declaration.of(Reshape.class, () -> of(1))
          .axes("dims", Reshape::dims, (layer, v) -> of(v))
          .type();

  private final int[] dims;

  private Reshape(String name, int[] dims) {
    super(name);
    this.dims = dims;
  }

  /**
   * A layer that gives each sample other axes.
   *
   * @param dims without the batch: the features, or the timesteps and the features; one may be -1,
   *     and is worked out from the rest
   * @return the layer
   * @throws IllegalArgumentException when there are none or more than two, one is neither 1 or more
   *     nor -1, or both are -1
   */
  public static Reshape of(int... dims) {
    boolean possible = dims.length == 1 || dims.length == 2;
    int open = 0;
    for (int dim : dims) {
      possible &= dim == -1 || dim >= 1;
      open += dim == -1 ? 1 : 0;
    }
    if (!possible || open > 1) {
      throw LayerErrors.reshapeDims(dims);
    }
    return new Reshape("", dims.clone());
  }

  @Override
  public Reshape named(String name) {
    return new Reshape(name, dims);
  }

  /**
   * The axes of a sample, without the batch.
   *
   * @return a new array of one or two; one may be -1
   */
  public int[] dims() {
    return dims.clone();
  }

  @Override
  boolean fixesTime() {
    return true;
  }

  @Override
  public boolean givesTime(boolean time) {
    return dims.length == 2;
  }

  @Override
  InputKind input() {
    return InputKind.ROWS;
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
    int elements = Lengths.product(this, Math.max(1, in.steps()), in.width());
    int known = known();
    boolean open = Arrays.stream(dims).anyMatch(dim -> dim == -1);
    if (open ? elements % known != 0 : elements != known) {
      throw LayerErrors.reshapeElements(this, in, elements);
    }
    int[] full = Arrays.stream(dims).map(dim -> dim == -1 ? elements / known : dim).toArray();
    return full.length == 1 ? new Axes(Axes.NONE, full[0]) : new Axes(full[0], full[1]);
  }

  /** The product of the lengths that are given. */
  private int known() {
    int known = 1;
    for (int dim : dims) {
      known = dim == -1 ? known : Lengths.product(this, known, dim);
    }
    return known;
  }

  @Override
  ForwardLayer forward(Axes in, LayerWeights weights) {
    return new RearrangementForward(Rearrangement.reshape(in, output(in)));
  }

  @Override
  TrainingLayer training(TrainingPlace place) {
    Axes in = new Axes(place.below().steps(), place.below().width());
    return new RearrangementTraining(Rearrangement.reshape(in, output(in)), place);
  }
}
