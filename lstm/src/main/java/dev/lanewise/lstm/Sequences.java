package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * Says what the axes of a 2-D tensor mean, where a model wants (batch, timesteps, features). Both
 * are views: they cost nothing and share the memory.
 */
public final class Sequences {
  private Sequences() {}

  /**
   * One sequence whose rows are timesteps: (timesteps, features) becomes (1, timesteps, features).
   *
   * @param x (timesteps, features), of any strides. Not modified
   * @return (1, timesteps, features), a view of x
   * @throws IllegalArgumentException when x is not 2-D
   */
  public static Tensor rows(Tensor x) {
    require2d("rows", x);
    return x.expandDims(0);
  }

  /**
   * Several series of one feature, one a column: (timesteps, series) becomes (series, timesteps,
   * 1). Not what {@code reshape(series, timesteps, 1)} gives, which mixes the series.
   *
   * @param x (timesteps, series), of any strides. Not modified
   * @return (series, timesteps, 1), a view of x
   * @throws IllegalArgumentException when x is not 2-D
   */
  public static Tensor columns(Tensor x) {
    require2d("columns", x);
    return x.transpose().expandDims(2);
  }

  private static void require2d(String operation, Tensor x) {
    if (x.rank() != 2) {
      throw DataErrors.sequences(operation, x.shape());
    }
  }
}
