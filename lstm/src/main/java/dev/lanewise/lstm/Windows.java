package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;

/**
 * Cuts a series into overlapping windows and what follows each of them: the samples of a
 * forecaster.
 *
 * <pre>{@code
 * // 30 days in, the temperature (column 2) of the day after out.
 * Windows.Samples samples = Windows.length(30).targets(2).of(series);
 * model.fit(samples.x(), samples.y(), options);
 * }</pre>
 *
 * <p>Window n is rows {@code n * stride} to {@code n * stride + length - 1}; its target is the row
 * {@code horizon} after its last. Immutable.
 */
public final class Windows {
  private final int length;
  private final int stride;
  private final int horizon;
  private final int[] targets;

  /**
   * The samples of a series, all copies.
   *
   * @param x (samples, length, features)
   * @param y (samples, targets)
   * @param targetRows the row of the series that each y is taken from, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // A list of boxed numbers would be no better.
  public record Samples(Tensor x, Tensor y, long[] targetRows) {
    /**
     * How many windows there are.
     *
     * @return 1 or more
     */
    public long count() {
      return x.dim(0);
    }
  }

  private Windows(int length, int stride, int horizon, int[] targets) {
    this.length = length;
    this.stride = stride;
    this.horizon = horizon;
    this.targets = targets;
  }

  /**
   * Windows of a length, one from each row on, whose target is all features of the next row.
   *
   * @param length timesteps a window, 1 or more
   * @return the windows
   * @throws IllegalArgumentException when it is less than 1
   */
  public static Windows length(int length) {
    return new Windows(atLeastOne("length", length), 1, 1, new int[0]);
  }

  /**
   * Sets how far apart windows begin.
   *
   * @param rows 1 or more
   * @return new windows
   * @throws IllegalArgumentException when it is less than 1
   */
  public Windows stride(int rows) {
    return new Windows(length, atLeastOne("stride", rows), horizon, targets);
  }

  /**
   * Sets how long after the window's last row the target is.
   *
   * @param rows 1 for the next row, or more
   * @return new windows
   * @throws IllegalArgumentException when it is less than 1
   */
  public Windows horizon(int rows) {
    return new Windows(length, stride, atLeastOne("horizon", rows), targets);
  }

  /**
   * Sets which features are the target.
   *
   * @param columns the features, in the order that y shall have; none for all
   * @return new windows
   */
  public Windows targets(int... columns) {
    return new Windows(length, stride, horizon, columns.clone());
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw DataErrors.window(name, value);
    }
    return value;
  }

  /**
   * The fewest rows that give a window: length + horizon.
   *
   * @return how many rows
   */
  public long rowsNeeded() {
    return (long) length + horizon;
  }

  /**
   * Cuts a series. Copies each window, {@code length} times the series where the stride is 1.
   *
   * @param series (time, features), of any strides, oldest first. Not modified
   * @return the samples, in the order of the series
   * @throws IllegalArgumentException when the series is not 2-D, is shorter than {@link
   *     #rowsNeeded()}, or has no such target
   */
  public Samples of(Tensor series) {
    if (series.rank() != 2) {
      throw DataErrors.series("Windows.of", series.shape());
    }
    long rows = series.dim(0);
    long features = series.dim(1);
    int[] columns = columns(features);
    if (rows < rowsNeeded()) {
      throw DataErrors.tooFewRows(rows, length, horizon);
    }
    long count = (rows - rowsNeeded()) / stride + 1;
    Tensor x = Tensor.zeros(count, length, features);
    Tensor y = Tensor.zeros(count, columns.length);
    long[] targetRows = new long[Math.toIntExact(count)];
    for (int n = 0; n < targetRows.length; n++) {
      long first = (long) n * stride;
      long target = first + length - 1 + horizon;
      x.select(0, n).copyFrom(series.slice(0, first, first + length));
      for (int i = 0; i < columns.length; i++) {
        y.set(series.get(target, columns[i]), n, i);
      }
      targetRows[n] = target;
    }
    return new Samples(x, y, targetRows);
  }

  private int[] columns(long features) {
    int[] columns = targets.clone();
    if (columns.length == 0) {
      columns = new int[Math.toIntExact(features)];
      Arrays.setAll(columns, i -> i);
    }
    boolean known = Arrays.stream(columns).allMatch(column -> column >= 0 && column < features);
    if (!known || columns.length == 0) {
      throw DataErrors.targets(columns, features);
    }
    return columns;
  }
}
