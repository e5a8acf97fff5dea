package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a batch, its gradient and its metrics, time-major; sums in double, a sample's in the
 * order of time.
 */
public final class LossPass {
  private final Objective objective;
  private final RowLoss loss;
  private final double[] losses; // a sample's sum
  private final boolean[] steep; // whether an own loss's gradient of a sample is not finite
  private final Measures measures;
  private final Row[] rooms; // one a thread

  /** A row of the output in double. */
  private static final class Row {
    final double[] p;
    final double[] y;
    final double[] slope;

    Row(int width, int targets) {
      p = new double[width];
      y = new double[targets];
      slope = new double[width];
    }
  }

  /** For batches of at most so many rows, on at most so many threads. */
  LossPass(Objective objective, int batch, int width, int parts) {
    this.objective = objective;
    this.loss = objective.loss();
    this.losses = new double[batch];
    this.steep = new boolean[batch];
    this.measures = new Measures(objective.metrics(), objective.predictions(), batch, parts);
    this.rooms = new Row[parts];
    for (int part = 0; part < parts; part++) {
      rooms[part] = new Row(width, objective.targets());
    }
  }

  /** How many steps of the rows before {@code batch} count. */
  static long count(int steps, int batch, @Nullable StepMask mask) {
    if (mask == null || !mask.isPresent()) {
      return (long) steps * batch;
    }
    long count = 0;
    for (int row = 0; row < batch; row++) {
      count += mask.length(row);
    }
    return count;
  }

  /**
   * The rows {@code first} to before {@code first + rows}.
   *
   * @param part whose scratch to use: the thread's number
   * @param count the steps of the whole batch that count
   * @param p outputs (steps, batch, width). Not modified.
   * @param y targets (steps, batch, targets). Not modified.
   * @param weights what each row counts; null where all count 1
   * @param dp gradients (steps, batch, width). Overwritten in those rows.
   * @param mask what is padding, or null
   */
  void apply(
      int part,
      int steps,
      int batch,
      int width,
      int first,
      int rows,
      long count,
      MemorySegment p,
      long pOffset,
      MemorySegment y,
      double @Nullable [] weights,
      MemorySegment dp,
      @Nullable StepMask mask) {
    Row room = rooms[part];
    int targets = objective.targets();
    double mean = count == 0 ? 0 : objective.weight() / terms(count);
    for (int row = first; row < first + rows; row++) {
      double weight = weights == null ? 1 : weights[row];
      double scale = mean * weight;
      losses[row] = 0;
      steep[row] = false;
      measures.begin(row);
      for (int step = 0; step < steps; step++) {
        long at = ((long) step * batch + row) * width;
        if (mask != null && mask.isPadded(step, row)) {
          Blocks.clear(dp, at, width);
          continue;
        }
        for (int i = 0; i < width; i++) {
          room.p[i] = p.getAtIndex(JAVA_FLOAT, pOffset + at + i);
        }
        long wanted = ((long) step * batch + row) * targets;
        for (int i = 0; i < targets; i++) {
          room.y[i] = y.getAtIndex(JAVA_FLOAT, wanted + i);
        }
        losses[row] += weight * loss.apply(width, room.p, room.y, room.slope);
        for (int i = 0; i < width; i++) {
          dp.setAtIndex(JAVA_FLOAT, at + i, (float) (scale * room.slope[i]));
        }
        if (loss.isOwn()) {
          steep[row] |= isSteep(scale, room.slope);
        }
        if (!measures.isEmpty()) {
          loss.predictions(width, room.p);
          measures.add(row, part, room.p, room.y);
        }
      }
    }
  }

  private static boolean isSteep(double scale, double[] slope) {
    boolean any = false;
    for (double each : slope) {
      any |= !Float.isFinite((float) (scale * each));
    }
    return any;
  }

  /** How many terms a mean over so many steps is of. */
  private double terms(long steps) {
    return (double) steps * objective.terms();
  }

  /** The loss of the first {@code batch} rows, of which so many steps count. */
  double loss(int batch, long count) {
    return sum(losses, batch) / Math.max(1, terms(count));
  }

  /**
   * Whether a loss of one's own gave a gradient of the first {@code batch} rows that is NaN or
   * infinite.
   */
  boolean isSteep(int batch) {
    boolean any = false;
    for (int row = 0; row < batch; row++) {
      any |= steep[row];
    }
    return any;
  }

  Measures measures() {
    return measures;
  }

  private static double sum(double[] values, int batch) {
    double sum = 0;
    for (int row = 0; row < batch; row++) {
      sum += values[row];
    }
    return sum;
  }
}
