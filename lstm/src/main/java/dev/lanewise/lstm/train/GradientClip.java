package dev.lanewise.lstm.train;

import dev.lanewise.kernels.Clip;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import java.lang.foreign.MemorySegment;

/** Refuses gradients that are NaN or infinite, and holds the others to their limit. */
final class GradientClip {
  private final MemorySegment gradients;
  private final long lines;
  private final GradientNorm all;
  private final WeightNorms each;
  private final Workers.Task valuesTask = this::clipValues;
  private float limit;

  GradientClip(MemorySegment gradients, ModelWeights weights) {
    this.gradients = gradients;
    this.lines = weights.trainableElements() / Blocks.align(1);
    this.all = new GradientNorm(gradients, weights.trainableElements());
    this.each = new WeightNorms(gradients, weights);
  }

  /**
   * Clips all gradients.
   *
   * @return false, and the gradients as they were, when one is NaN, infinite or too large to square
   */
  boolean apply(Workers workers, Clipping to) {
    if (Double.isFinite(to.norm())) {
      return each.measureAndClip(workers, to.norm());
    }
    if (!all.measureAndClip(workers, to.globalNorm())) {
      return false;
    }
    if (Double.isFinite(to.value())) {
      limit = (float) to.value();
      workers.run(workers.threads(), valuesTask);
    }
    return true;
  }

  /** The norm of all gradients of the last update, before it was clipped, where it was measured. */
  double norm() {
    return all.last();
  }

  private void clipValues(int part, int parts) {
    long from = lines * part / parts * Blocks.align(1);
    long to = lines * (part + 1) / parts * Blocks.align(1);
    Clip.apply(to - from, limit, gradients, from, gradients, from);
  }
}
