package dev.lanewise.lstm.run;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Scale;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.MemorySegment;

/** The sum of values in their order, times a factor. */
public final class SumMerger extends Merger {
  private final float factor;

  public SumMerger(int width, float factor) {
    super(width);
    this.factor = factor;
  }

  @Override
  public void apply(MergeInputs in, int steps, int batch, int first, int rows, MemorySegment out) {
    long n = (long) rows * width;
    for (int step = 0; step < steps; step++) {
      long at = ((long) step * batch + first) * width;
      Blocks.copy(in.memory(0), in.offset(0) + at, out, at, n);
      for (int i = 1; i < in.count(); i++) {
        AddScaled.apply(n, 1, in.memory(i), in.offset(i) + at, out, at);
      }
      if (factor != 1) {
        Scale.apply(n, factor, out, at, out, at);
      }
    }
  }

  @Override
  public void gradient(
      MergeInputs in,
      int of,
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment dOut,
      MemorySegment dIn) {
    long n = (long) rows * width;
    for (int step = 0; step < steps; step++) {
      long at = ((long) step * batch + first) * width;
      if (factor == 1) {
        Blocks.copy(dOut, at, dIn, at, n);
      } else {
        Scale.apply(n, factor, dOut, at, dIn, at);
      }
    }
  }
}
