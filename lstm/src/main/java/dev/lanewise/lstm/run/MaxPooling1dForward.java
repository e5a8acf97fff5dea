package dev.lanewise.lstm.run;

import dev.lanewise.kernels.Maximum;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a {@code MaxPooling1d}. Scratch: the output (outputs, rows, width). */
public final class MaxPooling1dForward implements ForwardLayer {
  private final PoolingSteps windows;
  private final int width;

  public MaxPooling1dForward(PoolingSteps windows, int width) {
    this.windows = windows;
    this.width = width;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) Math.max(0, windows.outputs(steps)) * rows * width;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply(steps, rows, 0, rows, in, inOffset, scratch.memory);
    return 0;
  }

  /**
   * Runs the rows {@code first} to before {@code first + rows}.
   *
   * @param in (steps, batch, width). Not modified.
   * @param out (outputs, batch, width). Overwritten in those rows.
   */
  public void apply(
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment out) {
    long step = (long) batch * width;
    long row = (long) first * width;
    for (int output = 0; output < windows.outputs(steps); output++) {
      int from = windows.from(output, steps);
      int count = windows.to(output, steps) - from;
      long x = inOffset + from * step + row;
      largest(count, step, (long) rows * width, in, x, out, output * step + row);
    }
  }

  /**
   * The largest of steps, element by element.
   *
   * @param count how many steps, 1 or more
   * @param step the elements from one to the next
   * @param n the elements of each
   */
  static void largest(
      int count, long step, long n, MemorySegment in, long x, MemorySegment out, long y) {
    if (count == 1) {
      Blocks.copy(in, x, out, y, n);
      return;
    }
    Maximum.apply(n, in, x, in, x + step, out, y);
    for (int k = 2; k < count; k++) {
      Maximum.apply(n, in, x + k * step, out, y, out, y);
    }
  }

  @Override
  public long work() {
    return width;
  }
}
