package dev.lanewise.lstm;

import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;

/**
 * Cuts a series into overlapping windows and what follows each of them: the samples of a
 * forecaster.
 *
 * <pre>{@code
 * // 30 days in, the temperature (column 2) of the day after out.
 * Windows windows = Windows.length(30).targets(2);
 * Windows.Samples samples = windows.of(series);
 * model.fit(samples.x(), samples.y(), options);
 * // The day after the last row: a window that has no target yet.
 * Tensor tomorrow = model.predict(windows.inputs(series)).select(0, -1);
 * }</pre>
 *
 * <p>Window n is rows {@code n * stride} to {@code n * stride + length - 1}. Its target is the row
 * {@code horizon} after its last, or the {@code steps} rows from there on. Immutable.
 */
public final class Windows {
  private final int length;
  private final int stride;
  private final int horizon;
  private final int steps;
  private final int[] targets;

  /**
   * The samples of a series. Writing to x is refused where its windows share rows; {@code
   * x().copy()} is writable and on its own.
   *
   * @param x (samples, length, features), a view that shares the series' memory: it costs nothing,
   *     and changes where the series does
   * @param y (samples, targets) for one step; (samples, steps) for more of one target; (samples,
   *     steps, targets) for more of several. A copy
   * @param targetRows the row of the series that each y begins at, ascending
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

  private Windows(int length, int stride, int horizon, int steps, int[] targets) {
    this.length = length;
    this.stride = stride;
    this.horizon = horizon;
    this.steps = steps;
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
    return new Windows(atLeastOne("length", length), 1, 1, 1, new int[0]);
  }

  /**
   * Sets how far apart windows begin.
   *
   * @param rows 1 or more
   * @return new windows
   * @throws IllegalArgumentException when it is less than 1
   */
  public Windows stride(int rows) {
    return new Windows(length, atLeastOne("stride", rows), horizon, steps, targets);
  }

  /**
   * Sets how long after the window's last row the target is, or its first step.
   *
   * @param rows 1 for the next row, or more
   * @return new windows
   * @throws IllegalArgumentException when it is less than 1
   */
  public Windows horizon(int rows) {
    return new Windows(length, stride, atLeastOne("horizon", rows), steps, targets);
  }

  /**
   * Sets how many rows the target has: {@code horizon} to {@code horizon + count - 1} after the
   * window's last. With one target, y is then (samples, count), which a {@code Dense(count)} gives;
   * with several, (samples, count, targets).
   *
   * @param count 1 for one row, or more
   * @return new windows
   * @throws IllegalArgumentException when it is less than 1
   */
  public Windows steps(int count) {
    return new Windows(length, stride, horizon, atLeastOne("steps", count), targets);
  }

  /**
   * Sets which features are the target.
   *
   * @param columns the features, in the order that y shall have; none for all
   * @return new windows
   */
  public Windows targets(int... columns) {
    return new Windows(length, stride, horizon, steps, columns.clone());
  }

  private static int atLeastOne(String name, int value) {
    if (value < 1) {
      throw DataErrors.window(name, value);
    }
    return value;
  }

  /**
   * The fewest rows that give a sample: length + horizon + steps - 1.
   *
   * @return how many rows
   */
  public long rowsNeeded() {
    return (long) length + horizon + steps - 1;
  }

  /**
   * The rows before the first target: length + horizon - 1. A {@link TimeSplit} part that begins so
   * many rows early has its own first row as the first target.
   *
   * @return how many rows
   */
  public long lookBack() {
    return (long) length + horizon - 1;
  }

  /**
   * Cuts a series into the windows that have a target. Copies the targets alone.
   *
   * @param series (time, features), of any strides, oldest first. Not modified; shared with x
   * @return the samples, in the order of the series
   * @throws IllegalArgumentException when the series is not 2-D, is shorter than {@link
   *     #rowsNeeded()}, or has no such target
   */
  public Samples of(Tensor series) {
    requireSeries("Windows.of", series);
    long rows = series.dim(0);
    int[] columns = columns(series.dim(1));
    if (rows < rowsNeeded()) {
      throw DataErrors.tooFewRows(rows, length, horizon, steps);
    }
    long firstTarget = lookBack();
    // (samples, steps, features)
    Tensor ahead = series.slice(0, firstTarget, rows).unfold(0, steps, stride);
    long count = ahead.dim(0);
    Tensor y = Tensor.zeros(count, steps, columns.length);
    for (int i = 0; i < columns.length; i++) {
      y.slice(2, i, i + 1L).copyFrom(ahead.slice(2, columns[i], columns[i] + 1L));
    }
    long[] targetRows = new long[Sizes.length("Windows.of", "windows", count)];
    Arrays.setAll(targetRows, n -> firstTarget + (long) n * stride);
    Tensor x = inputs(series).slice(0, 0, count);
    return new Samples(x, targetShape(y), targetRows);
  }

  /** (samples, steps, targets) without its steps where there is one, or its targets. */
  private Tensor targetShape(Tensor y) {
    if (steps == 1) {
      return y.squeeze(1);
    }
    return y.dim(2) == 1 ? y.squeeze(2) : y;
  }

  /**
   * Cuts a series into all its windows, also the last, whose targets are still to come: what to
   * predict the future from. Window n is that of {@link #of}, which has fewer. With a stride above
   * 1 the latest rows may be in no window; {@code series.slice(0, rows - length, rows)} is the
   * latest window always.
   *
   * @param series (time, features), of any strides, oldest first. Not modified
   * @return (windows, length, features), a view that shares the series' memory; writing to it is
   *     refused where windows share rows
   * @throws IllegalArgumentException when the series is not 2-D or is shorter than a window
   */
  public Tensor inputs(Tensor series) {
    requireSeries("Windows.inputs", series);
    if (series.dim(0) < length) {
      throw DataErrors.tooFewRows(series.dim(0), length);
    }
    return series.unfold(0, length, stride);
  }

  private static void requireSeries(String operation, Tensor series) {
    if (series.rank() != 2) {
      throw DataErrors.series(operation, series.shape());
    }
  }

  private int[] columns(long features) {
    int[] columns = targets.clone();
    if (columns.length == 0) {
      columns = new int[Sizes.length("Windows.of", "features", features)];
      Arrays.setAll(columns, i -> i);
    }
    boolean known = Arrays.stream(columns).allMatch(column -> column >= 0 && column < features);
    if (!known || columns.length == 0) {
      throw DataErrors.targets(columns, features);
    }
    return columns;
  }
}
