package dev.lanewise.lstm.run;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Scale;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of an {@code AveragePooling1d}. Scratch: the output (outputs, rows, width). */
public final class AveragePooling1dForward implements ForwardLayer {
  private final PoolingSteps windows;
  private final int width;

  public AveragePooling1dForward(PoolingSteps windows, int width) {
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
      mean(count, step, (long) rows * width, in, x, out, output * step + row);
    }
  }

  /**
   * The mean of steps, element by element: their sum in order, then a product by one over them.
   *
   * @param count how many steps, 1 or more
   * @param step the elements from one to the next
   * @param n the elements of each
   */
  static void mean(
      int count, long step, long n, MemorySegment in, long x, MemorySegment out, long y) {
    Blocks.copy(in, x, out, y, n);
    for (int k = 1; k < count; k++) {
      AddScaled.apply(n, 1, in, x + k * step, out, y);
    }
    if (count > 1) {
      Scale.apply(n, 1f / count, out, y, out, y);
    }
  }

  @Override
  public long work() {
    return width;
  }
}
