package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernels.Exp;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of a {@code Softmax} over timesteps, or over timesteps and features. Padded
 * steps take no part, and are 0. Scratch: the output (steps, rows, width).
 */
public final class SoftmaxOverTime implements ForwardLayer {
  private final int width;
  private final int together;

  /**
   * Over the timesteps of as many features together.
   *
   * @param together divides the width
   */
  public SoftmaxOverTime(int width, int together) {
    this.width = width;
    this.together = together;
  }

  /** How many features of a step add up together. */
  public int together() {
    return together;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * width;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply(steps, rows, 0, rows, in, inOffset, scratch.memory, mask);
    return 0;
  }

  /**
   * Runs the rows {@code first} to before {@code first + rows}.
   *
   * @param in (steps, batch, width). Not modified.
   * @param out (steps, batch, width). Overwritten in those rows.
   * @param mask what is padding (steps, batch). Not modified.
   */
  public void apply(
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment out,
      @Nullable StepMask mask) {
    for (int row = first; row < first + rows; row++) {
      for (int from = 0; from < width; from += together) {
        shift(steps, batch, row, from, in, inOffset, out, mask);
      }
      for (int step = 0; step < steps; step++) {
        long at = at(step, batch, row);
        Exp.apply(width, out, at, out, at);
        if (isPadded(mask, step, row)) {
          Blocks.clear(out, at, width);
        }
      }
      for (int from = 0; from < width; from += together) {
        divide(steps, batch, row, from, out, mask);
      }
    }
  }

  private long at(int step, int batch, int row) {
    return ((long) step * batch + row) * width;
  }

  static boolean isPadded(@Nullable StepMask mask, int step, int row) {
    return mask != null && mask.isPadded(step, row);
  }

  /** Subtracts the largest, so that nothing overflows. */
  private void shift(
      int steps,
      int batch,
      int row,
      int from,
      MemorySegment in,
      long inOffset,
      MemorySegment out,
      @Nullable StepMask mask) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int step = 0; step < steps; step++) {
      long at = inOffset + at(step, batch, row);
      for (int i = from; i < from + together && !isPadded(mask, step, row); i++) {
        largest = Math.max(largest, in.getAtIndex(JAVA_FLOAT, at + i));
      }
    }
    for (int step = 0; step < steps; step++) {
      long at = at(step, batch, row);
      for (int i = from; i < from + together; i++) {
        out.setAtIndex(JAVA_FLOAT, at + i, in.getAtIndex(JAVA_FLOAT, inOffset + at + i) - largest);
      }
    }
  }

  private void divide(
      int steps, int batch, int row, int from, MemorySegment out, @Nullable StepMask mask) {
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      long at = at(step, batch, row);
      for (int i = from; i < from + together && !isPadded(mask, step, row); i++) {
        sum += out.getAtIndex(JAVA_FLOAT, at + i);
      }
    }
    for (int step = 0; step < steps; step++) {
      long at = at(step, batch, row);
      for (int i = from; i < from + together && !isPadded(mask, step, row); i++) {
        out.setAtIndex(JAVA_FLOAT, at + i, (float) (out.getAtIndex(JAVA_FLOAT, at + i) / sum));
      }
    }
  }

  @Override
  public long work() {
    return width;
  }
}
