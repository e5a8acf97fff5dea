package dev.lanewise.lstm.train;

import dev.lanewise.kernels.Scale;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.GlobalAveragePooling1dForward;
import org.jspecify.annotations.Nullable;

/** A mean over time in training: each real step has an equal part of the gradient. */
public final class GlobalAveragePooling1dTraining extends WeightlessTraining {
  private final GlobalAveragePooling1dForward pass;
  private final int timesteps;

  public GlobalAveragePooling1dTraining(TrainingPlace place) {
    super(place, 1, place.below().width());
    this.pass = new GlobalAveragePooling1dForward(width());
    this.timesteps = place.below().steps();
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long x = below.valuesOffset(batch);
    pass.apply(timesteps, batch, first, rows, below.values(), x, output, below.mask());
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (!below.wantsGradient()) {
      return;
    }
    StepMask padding = below.mask();
    if (padding == null || !padding.isPresent()) {
      backwardRows(batch, first, rows);
      return;
    }
    for (int row = first; row < first + rows; row++) {
      backwardRow(batch, row, padding);
    }
  }

  private void backwardRows(int batch, int first, int rows) {
    long y = (long) first * width();
    for (int step = 0; step < timesteps; step++) {
      long at = ((long) step * batch + first) * width();
      Scale.apply((long) rows * width(), 1f / timesteps, dOutput, y, below.gradient(), at);
    }
  }

  private void backwardRow(int batch, int row, StepMask padding) {
    float part = 1f / padding.length(row);
    for (int step = 0; step < timesteps; step++) {
      long at = ((long) step * batch + row) * width();
      if (padding.isPadded(step, row)) {
        Blocks.clear(below.gradient(), at, width());
      } else {
        Scale.apply(width(), part, dOutput, (long) row * width(), below.gradient(), at);
      }
    }
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}
