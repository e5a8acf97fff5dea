package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Merger;
import dev.lanewise.lstm.run.ProductMerger;

/**
 * The product of values, element by element: Keras's {@code Multiply}. Called on values of one
 * shape, (batch, features) or (batch, timesteps, features), it gives one of that shape.
 *
 * <p>As in Keras a step that is padding in one value counts there as 1, and in all of them gives 0.
 * Immutable.
 */
public final class Multiply extends MergeLayer {
  static final LayerType TYPE = Declaration.of(Multiply.class, Multiply::of).type();

  private Multiply(String name) {
    super(name);
  }

  /**
   * A layer, to call on two values or more.
   *
   * @return the layer
   */
  public static Multiply of() {
    return new Multiply("");
  }

  @Override
  public Multiply named(String name) {
    return new Multiply(name);
  }

  @Override
  boolean readsMask() {
    return true;
  }

  @Override
  Merger merger(int[] widths) {
    return new ProductMerger(widths[0]);
  }
}
