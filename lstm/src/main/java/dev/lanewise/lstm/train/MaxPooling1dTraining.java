package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.MaxPooling1dForward;
import dev.lanewise.lstm.run.PoolingSteps;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A maximum over windows in training: the first of a window's largest steps has its gradient. */
public final class MaxPooling1dTraining extends WeightlessTraining {
  private final PoolingSteps windows;
  private final MaxPooling1dForward pass;

  public MaxPooling1dTraining(PoolingSteps windows, TrainingPlace place) {
    super(place, windows.outputs(place.below().steps()), place.below().width());
    this.windows = windows;
    this.pass = new MaxPooling1dForward(windows, width());
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
      int to = windows.to(at, below.steps());
      for (int step = windows.from(at, below.steps()); step < to; step++) {
        route(n, batch, y, ((long) step * batch + first) * width());
      }
    }
  }

  /** A gradient that went to a step is 0 for those after it. */
  private void route(long n, int batch, long y, long x) {
    MemorySegment values = below.values();
    MemorySegment dx = below.gradient();
    long from = below.valuesOffset(batch) + x;
    for (long i = 0; i < n; i++) {
      if (values.getAtIndex(JAVA_FLOAT, from + i) == output.getAtIndex(JAVA_FLOAT, y + i)) {
        float dy = dOutput.getAtIndex(JAVA_FLOAT, y + i);
        dx.setAtIndex(JAVA_FLOAT, x + i, dx.getAtIndex(JAVA_FLOAT, x + i) + dy);
        dOutput.setAtIndex(JAVA_FLOAT, y + i, 0);
      }
    }
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}
