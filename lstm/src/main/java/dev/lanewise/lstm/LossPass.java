package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a batch, its gradient and its metrics, time-major; sums in double, a sample's in the
 * order of time.
 */
final class LossPass {
  private final ElementLoss loss;
  private final List<Metric> metrics;
  private final double[] losses; // a sample's sum
  private final double[][] measured; // by metric: a sample's sum

  LossPass(ElementLoss loss, List<Metric> metrics, int batch) {
    this.loss = loss;
    this.metrics = metrics;
    this.losses = new double[batch];
    this.measured = new double[metrics.size()][batch];
  }

  /** How many elements of the rows before {@code batch} count. */
  static long count(int steps, int batch, int width, @Nullable StepMask mask) {
    if (mask == null || !mask.isPresent()) {
      return (long) steps * batch * width;
    }
    long count = 0;
    for (int row = 0; row < batch; row++) {
      count += mask.length(row);
    }
    return count * width;
  }

  /**
   * The rows {@code first} to before {@code first + rows}.
   *
   * @param count the elements of the whole batch that count
   * @param p outputs (steps, batch, width). Not modified.
   * @param y targets (steps, batch, width). Not modified.
   * @param dp gradients (steps, batch, width). Overwritten in those rows.
   * @param mask what is padding, or null
   */
  void apply(
      int steps,
      int batch,
      int width,
      int first,
      int rows,
      long count,
      MemorySegment p,
      long pOffset,
      MemorySegment y,
      MemorySegment dp,
      @Nullable StepMask mask) {
    double scale = count == 0 ? 0 : 1.0 / count;
    for (int row = first; row < first + rows; row++) {
      double sum = 0;
      for (double[] sums : measured) {
        sums[row] = 0;
      }
      for (int step = 0; step < steps; step++) {
        long at = ((long) step * batch + row) * width;
        if (mask != null && mask.isPadded(step, row)) {
          Blocks.clear(dp, at, width);
          continue;
        }
        for (int i = 0; i < width; i++) {
          double wanted = y.getAtIndex(JAVA_FLOAT, at + i);
          double got = p.getAtIndex(JAVA_FLOAT, pOffset + at + i);
          sum += loss.value(got, wanted);
          dp.setAtIndex(JAVA_FLOAT, at + i, (float) (scale * loss.slope(got, wanted)));
          for (int metric = 0; metric < measured.length; metric++) {
            double prediction = loss.prediction(got);
            measured[metric][row] += metrics.get(metric).value(prediction, wanted);
          }
        }
      }
      losses[row] = sum;
    }
  }

  /** The loss of the first {@code batch} rows, of which so many elements count. */
  double loss(int batch, long count) {
    return mean(losses, batch, count);
  }

  /** A metric of the first {@code batch} rows. */
  double metric(int metric, int batch, long count) {
    return mean(measured[metric], batch, count);
  }

  private static double mean(double[] sums, int batch, long count) {
    double sum = 0;
    for (int row = 0; row < batch; row++) {
      sum += sums[row];
    }
    return count == 0 ? 0 : sum / count;
  }
}
