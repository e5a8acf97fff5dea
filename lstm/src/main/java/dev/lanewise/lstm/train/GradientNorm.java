package dev.lanewise.lstm.train;

import dev.lanewise.kernels.Scale;
import dev.lanewise.kernels.SumOfSquares;
import dev.lanewise.lstm.memory.Workers;
import java.lang.foreign.MemorySegment;

/**
 * The Euclidean norm of all gradients together. They are summed in chunks of a fixed length, and
 * the chunks in order: the same bits whatever thread takes which chunk.
 */
public final class GradientNorm {
  private static final long CHUNK = 1 << 15;

  private final MemorySegment gradients;
  private final long elements;
  private final double[] sums;
  private final Workers.Task measureTask = this::measure;
  private final Workers.Task scaleTask = this::scale;
  private float factor;
  private double last = Double.NaN;

  GradientNorm(MemorySegment gradients, long elements) {
    this.gradients = gradients;
    this.elements = elements;
    this.sums = new double[(int) ((elements + CHUNK - 1) / CHUNK)];
  }

  /**
   * Scales the gradients down where their norm is above a limit.
   *
   * @param limit above 0; infinity to leave them
   * @return false, and the gradients as they were, when the norm is NaN or overflows
   */
  boolean measureAndClip(Workers workers, double limit) {
    workers.run(Math.min(workers.threads(), sums.length), measureTask);
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    if (!Double.isFinite(sum)) {
      return false;
    }
    double norm = Math.sqrt(sum);
    last = norm;
    if (norm > limit) {
      factor = (float) (limit / norm);
      workers.run(Math.min(workers.threads(), sums.length), scaleTask);
    }
    return true;
  }

  /** The norm last measured that was finite, before it was clipped; NaN before the first. */
  double last() {
    return last;
  }

  private void measure(int part, int parts) {
    for (int chunk = part; chunk < sums.length; chunk += parts) {
      long from = chunk * CHUNK;
      sums[chunk] = SumOfSquares.apply(Math.min(CHUNK, elements - from), gradients, from);
    }
  }

  private void scale(int part, int parts) {
    for (int chunk = part; chunk < sums.length; chunk += parts) {
      long from = chunk * CHUNK;
      Scale.apply(Math.min(CHUNK, elements - from), factor, gradients, from, gradients, from);
    }
  }
}
