package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * {@code L = 1/N * sum of (p - y)^2} over the N elements of a batch, and {@code dL/dp = 2/N * (p -
 * y)}; differences and sums in double.
 */
final class MeanSquaredError {
  private MeanSquaredError() {}

  /**
   * The rows {@code first} to before {@code first + count} of a batch, time-major.
   *
   * @param p predictions (steps, batch, features). Not modified.
   * @param y targets (steps, batch, features). Not modified.
   * @param dp gradients (steps, batch, features). Overwritten in those rows.
   * @param sums the sum of squares of each sample. Overwritten in those rows.
   */
  static void apply(
      int steps,
      int batch,
      int features,
      int first,
      int count,
      MemorySegment p,
      long pOffset,
      MemorySegment y,
      MemorySegment dp,
      double[] sums) {
    double scale = 2.0 / ((double) steps * batch * features);
    for (int row = first; row < first + count; row++) {
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        long at = ((long) step * batch + row) * features;
        for (int i = 0; i < features; i++) {
          double wanted = y.getAtIndex(JAVA_FLOAT, at + i);
          double d = p.getAtIndex(JAVA_FLOAT, pOffset + at + i) - wanted;
          sum += d * d;
          dp.setAtIndex(JAVA_FLOAT, at + i, (float) (scale * d));
        }
      }
      sums[row] = sum;
    }
  }
}
