package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a {@code GlobalMaxPooling1d}. Scratch: the output (rows, width). */
public final class GlobalMaxPooling1dForward implements ForwardLayer {
  private final int width;

  public GlobalMaxPooling1dForward(int width) {
    this.width = width;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) rows * width;
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
   * @param out (batch, width). Overwritten in those rows.
   */
  public void apply(
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment out) {
    long row = (long) first * width;
    long step = (long) batch * width;
    MaxPooling1dForward.largest(steps, step, (long) rows * width, in, inOffset + row, out, row);
  }

  @Override
  public long work() {
    return width;
  }
}
