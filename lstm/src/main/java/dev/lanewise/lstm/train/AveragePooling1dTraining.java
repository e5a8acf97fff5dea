package dev.lanewise.lstm.train;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.AveragePooling1dForward;
import dev.lanewise.lstm.run.PoolingSteps;
import org.jspecify.annotations.Nullable;

/** A mean over windows in training: each step of a window has an equal part of its gradient. */
public final class AveragePooling1dTraining extends WeightlessTraining {
  private final PoolingSteps windows;
  private final AveragePooling1dForward pass;

  public AveragePooling1dTraining(PoolingSteps windows, TrainingPlace place) {
    super(place, windows.outputs(place.below().steps()), place.below().width());
    this.windows = windows;
    this.pass = new AveragePooling1dForward(windows, width());
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    long from = below.valuesOffset(batch);
    pass.apply(below.steps(), batch, first, rows, below.values(), from, output);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (!below.wantsGradient()) {
      return;
    }
    long n = (long) rows * width();
    for (int step = 0; step < below.steps(); step++) {
      Blocks.clear(below.gradient(), ((long) step * batch + first) * width(), n);
    }
    for (int at = 0; at < steps(); at++) {
      long y = ((long) at * batch + first) * width();
      int from = windows.from(at, below.steps());
      int to = windows.to(at, below.steps());
      for (int step = from; step < to; step++) {
        long x = ((long) step * batch + first) * width();
        AddScaled.apply(n, 1f / (to - from), dOutput, y, below.gradient(), x);
      }
    }
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}
