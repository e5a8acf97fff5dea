package dev.lanewise.lstm.run;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.Scale;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The forward pass of a {@code GlobalAveragePooling1d}. Scratch: the output (rows, width). */
public final class GlobalAveragePooling1dForward implements ForwardLayer {
  private final int width;

  public GlobalAveragePooling1dForward(int width) {
    this.width = width;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) rows * width;
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
   * @param out (batch, width). Overwritten in those rows.
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
    long step = (long) batch * width;
    if (mask == null || !mask.isPresent()) {
      long row = (long) first * width;
      AveragePooling1dForward.mean(steps, step, (long) rows * width, in, inOffset + row, out, row);
      return;
    }
    for (int row = first; row < first + rows; row++) {
      applyRow(steps, step, row, in, inOffset + (long) row * width, out, mask);
    }
  }

  /** With the operations of a row without padding, so that it has the bits of its real steps. */
  private void applyRow(
      int steps, long step, int row, MemorySegment in, long x, MemorySegment out, StepMask mask) {
    long y = (long) row * width;
    int count = 0;
    for (int t = 0; t < steps; t++) {
      if (mask.isPadded(t, row)) {
        continue;
      }
      if (count == 0) {
        Blocks.copy(in, x + t * step, out, y, width);
      } else {
        AddScaled.apply(width, 1, in, x + t * step, out, y);
      }
      count++;
    }
    if (count == 0) {
      Blocks.clear(out, y, width);
    } else if (count > 1) {
      Scale.apply(width, 1f / count, out, y, out, y);
    }
  }

  @Override
  public long work() {
    return width;
  }
}
