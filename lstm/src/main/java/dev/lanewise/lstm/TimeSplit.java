package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;

/**
 * Splits a series by time: the oldest rows to train on, then those to validate, then the latest to
 * test. What is fitted on the first part has seen nothing of the others. Immutable.
 *
 * @param trainRows rows of the training part, 1 or more
 * @param validationRows rows of the validation part
 * @param testRows rows of the test part
 */
public record TimeSplit(long trainRows, long validationRows, long testRows) {

  /**
   * Splits so many rows. A part of a fraction above 0 gets the nearest number of rows, 1 or more.
   *
   * @param rows rows of the series
   * @param validation fraction of all rows, 0 or more
   * @param test fraction of all rows, 0 or more
   * @return the split
   * @throws IllegalArgumentException when a fraction is negative, the two are 1 or more, or no row
   *     is left to train on
   */
  public static TimeSplit of(long rows, double validation, double test) {
    if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
      throw DataErrors.fractions(validation, test);
    }
    long testRows = part(rows, test);
    long validationRows = part(rows, validation);
    long trainRows = rows - testRows - validationRows;
    if (trainRows < 1) {
      throw DataErrors.emptyPart("training", rows);
    }
    return new TimeSplit(trainRows, validationRows, testRows);
  }

  private static long part(long rows, double fraction) {
    return fraction == 0 ? 0 : Math.max(1, Math.round(rows * fraction));
  }

  /**
   * All rows.
   *
   * @return how many the series has
   */
  public long rows() {
    return trainRows + validationRows + testRows;
  }

  /**
   * The training part.
   *
   * @param series (rows, ..). Not modified
   * @return its oldest rows, a view
   * @throws IllegalArgumentException when the series has another number of rows
   */
  public Tensor train(Tensor series) {
    return part(series, 0, trainRows, 0);
  }

  /**
   * The validation part, and rows before it for its first windows to look back on.
   *
   * @param series (rows, ..). Not modified
   * @param lookBack rows before it, 0 or more; as many as there are where there are fewer. For
   *     windows, {@link Windows#lookBack()} makes its first row the first target
   * @return the rows, a view
   * @throws IllegalArgumentException when the series has another number of rows
   */
  public Tensor validation(Tensor series, long lookBack) {
    return part(series, trainRows, validationRows, lookBack);
  }

  /**
   * The test part, and rows before it for its first windows to look back on.
   *
   * @param series (rows, ..). Not modified
   * @param lookBack rows before it, 0 or more; as many as there are where there are fewer. For
   *     windows, {@link Windows#lookBack()} makes its first row the first target
   * @return the rows, a view
   * @throws IllegalArgumentException when the series has another number of rows
   */
  public Tensor test(Tensor series, long lookBack) {
    return part(series, trainRows + validationRows, testRows, lookBack);
  }

  private Tensor part(Tensor series, long from, long length, long lookBack) {
    if (series.rank() == 0 || series.dim(0) != rows()) {
      throw DataErrors.splitRows(rows(), series.shape());
    }
    return series.slice(0, Math.max(0, from - lookBack), from + length);
  }
}
