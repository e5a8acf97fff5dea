package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Merger;
import dev.lanewise.lstm.run.SumMerger;

/**
 * The sum of values, element by element: Keras's {@code Add}. Called on values of one shape,
 * (batch, features) or (batch, timesteps, features), it gives one of that shape. Immutable.
 */
public final class Add extends MergeLayer {
  static final LayerType TYPE = Declaration.of(Add.class, Add::of).type();

  private Add(String name) {
    super(name);
  }

  /**
   * A layer, to call on two values or more.
   *
   * @return the layer
   */
  public static Add of() {
    return new Add("");
  }

  @Override
  public Add named(String name) {
    return new Add(name);
  }

  @Override
  Merger merger(int[] widths) {
    return new SumMerger(widths[0], 1);
  }
}
