package dev.lanewise.lstm.run;

import dev.lanewise.kernels.Multiply;
import dev.lanewise.lstm.memory.Blocks;
import java.lang.foreign.MemorySegment;

/** The product of values in their order; a step that is padding in one counts there as 1. */
public final class ProductMerger extends Merger {
  public ProductMerger(int width) {
    super(width);
  }

  @Override
  public void apply(MergeInputs in, int steps, int batch, int first, int rows, MemorySegment out) {
    boolean padded = in.anyPadding();
    for (int step = 0; step < steps; step++) {
      if (!padded) {
        product(in, step, batch, first, rows, out);
      }
      for (int row = first; row < first + rows && padded; row++) {
        if (in.arePadded(step, row)) {
          Blocks.clear(out, ((long) step * batch + row) * width, width);
        } else {
          product(in, step, batch, row, 1, out);
        }
      }
    }
  }

  /** The product of rows of a step, of the values in which they are no padding. */
  private void product(MergeInputs in, int step, int batch, int row, int rows, MemorySegment out) {
    long n = (long) rows * width;
    long at = ((long) step * batch + row) * width;
    boolean begun = false;
    for (int i = 0; i < in.count(); i++) {
      if (in.isPadded(i, step, row)) {
        continue;
      }
      if (begun) {
        Multiply.apply(n, out, at, in.memory(i), in.offset(i) + at, out, at);
      } else {
        Blocks.copy(in.memory(i), in.offset(i) + at, out, at, n);
        begun = true;
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
    boolean padded = in.anyPadding();
    for (int step = 0; step < steps; step++) {
      if (!padded) {
        step(in, of, step, batch, first, rows, dOut, dIn);
      }
      for (int row = first; row < first + rows && padded; row++) {
        if (in.isPadded(of, step, row)) {
          Blocks.clear(dIn, ((long) step * batch + row) * width, width);
        } else {
          step(in, of, step, batch, row, 1, dOut, dIn);
        }
      }
    }
  }

  private void step(
      MergeInputs in,
      int of,
      int step,
      int batch,
      int row,
      int rows,
      MemorySegment dOut,
      MemorySegment dIn) {
    long n = (long) rows * width;
    long at = ((long) step * batch + row) * width;
    Blocks.copy(dOut, at, dIn, at, n);
    for (int i = 0; i < in.count(); i++) {
      if (i != of && !in.isPadded(i, step, row)) {
        Multiply.apply(n, dIn, at, in.memory(i), in.offset(i) + at, dIn, at);
      }
    }
  }
}
