package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.ColumnMoments;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The mean and the biased variance of each feature over all steps of a batch that are no padding;
 * both 0 where all are. Sums go in the order of time, then of rows, whatever thread takes which
 * features. Threads may take different features.
 */
final class BatchMoments {
  private final TrainingBlock x;
  private final double epsilon;
  private final MemorySegment workspace; // 4 elements a feature
  private final MemorySegment mean; // (width)
  private final MemorySegment variance; // (width)

  BatchMoments(TrainingBlock x, double epsilon) {
    Arena arena = Arena.ofAuto();
    this.x = x;
    this.epsilon = epsilon;
    this.workspace = Blocks.allocate(arena, 4L * x.width());
    this.mean = Blocks.allocate(arena, x.width());
    this.variance = Blocks.allocate(arena, x.width());
  }

  /** How many steps of the batch are no padding. */
  long count(int batch) {
    return LossPass.count(x.steps(), batch, x.mask());
  }

  /** Takes so many features from {@code first} on. */
  void of(int batch, int first, int features) {
    Blocks.clear(mean, first, features);
    Blocks.clear(variance, first, features);
    long count = count(batch);
    if (count == 0 || features == 0) {
      return;
    }
    Blocks.clear(workspace, 4L * first, 4L * features);
    add(batch, first, features, count, false);
    add(batch, first, features, count, true);
    ColumnMoments.moments(features, count, workspace, 4L * first, mean, first, variance, first);
  }

  /** Adds the real steps, as many at a time as lie together. */
  private void add(int batch, int first, int features, long count, boolean squares) {
    StepMask mask = x.mask();
    int rows = x.steps() * batch;
    if (mask == null || !mask.isPresent()) {
      add(0, rows, batch, first, features, count, squares);
      return;
    }
    int begin = 0;
    for (int row = 0; row <= rows; row++) {
      if (row == rows || mask.isPadded(row / batch, row % batch)) {
        if (begin < row) {
          add(begin, row - begin, batch, first, features, count, squares);
        }
        begin = row + 1;
      }
    }
  }

  private void add(
      int row, int rows, int batch, int first, int features, long count, boolean squares) {
    int ld = x.width();
    long from = x.valuesOffset(batch) + (long) row * ld + first;
    long at = 4L * first;
    if (squares) {
      ColumnMoments.addSquares(rows, features, count, x.values(), from, ld, workspace, at);
    } else {
      ColumnMoments.addSums(rows, features, x.values(), from, ld, workspace, at);
    }
  }

  float mean(int feature) {
    return mean.getAtIndex(JAVA_FLOAT, feature);
  }

  float variance(int feature) {
    return variance.getAtIndex(JAVA_FLOAT, feature);
  }

  /** {@code 1 / sqrt(variance + epsilon)}. */
  float inverse(int feature) {
    return (float) (1 / Math.sqrt(variance(feature) + epsilon));
  }
}
