package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.run.GlobalMaxPooling1dForward;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A maximum over time in training: those of the largest steps share the gradient equally. */
public final class GlobalMaxPooling1dTraining extends WeightlessTraining {
  private final GlobalMaxPooling1dForward pass;
  private final MemorySegment largest; // (batch, width): how many steps are
  private final int timesteps;

  public GlobalMaxPooling1dTraining(TrainingPlace place) {
    super(place, 1, place.below().width());
    this.pass = new GlobalMaxPooling1dForward(width());
    this.largest = Blocks.allocate(Arena.ofAuto(), (long) place.batch() * width());
    this.timesteps = place.below().steps();
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    pass.apply(timesteps, batch, first, rows, below.values(), below.valuesOffset(batch), output);
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    if (!below.wantsGradient()) {
      return;
    }
    long y = (long) first * width();
    long n = (long) rows * width();
    Blocks.clear(largest, y, n);
    for (int step = 0; step < timesteps; step++) {
      count(n, below.valuesOffset(batch) + ((long) step * batch + first) * width(), y);
    }
    for (int step = 0; step < timesteps; step++) {
      share(n, batch, ((long) step * batch + first) * width(), y);
    }
  }

  private boolean isLargest(long x, long y) {
    return below.values().getAtIndex(JAVA_FLOAT, x) == output.getAtIndex(JAVA_FLOAT, y);
  }

  private void count(long n, long x, long y) {
    for (long i = 0; i < n; i++) {
      float one = isLargest(x + i, y + i) ? 1 : 0;
      largest.setAtIndex(JAVA_FLOAT, y + i, largest.getAtIndex(JAVA_FLOAT, y + i) + one);
    }
  }

  private void share(long n, int batch, long at, long y) {
    long x = below.valuesOffset(batch) + at;
    for (long i = 0; i < n; i++) {
      float dy = dOutput.getAtIndex(JAVA_FLOAT, y + i) / largest.getAtIndex(JAVA_FLOAT, y + i);
      below.gradient().setAtIndex(JAVA_FLOAT, at + i, isLargest(x + i, y + i) ? dy : 0);
    }
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}
