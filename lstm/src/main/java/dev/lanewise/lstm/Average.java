package dev.lanewise.lstm;

import dev.lanewise.lstm.run.Merger;
import dev.lanewise.lstm.run.SumMerger;

/**
 * The mean of values, element by element: Keras's {@code Average}. Called on values of one shape,
 * (batch, features) or (batch, timesteps, features), it gives one of that shape. Immutable.
 */
public final class Average extends MergeLayer {
  static final LayerType TYPE = Declaration.of(Average.class, Average::of).type();

  private Average(String name) {
    super(name);
  }

  /**
   * A layer, to call on two values or more.
   *
   * @return the layer
   */
  public static Average of() {
    return new Average("");
  }

  @Override
  public Average named(String name) {
    return new Average(name);
  }

  @Override
  Merger merger(int[] widths) {
    return new SumMerger(widths[0], 1f / widths.length);
  }
}
