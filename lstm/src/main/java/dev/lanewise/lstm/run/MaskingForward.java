package dev.lanewise.lstm.run;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a {@code Masking}. Scratch: the output (steps, rows, features). */
public final class MaskingForward implements ForwardLayer {
  private final float value;
  private final int features;

  public MaskingForward(float value, int features) {
    this.value = value;
    this.features = features;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * features;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply(steps, rows, 0, rows, in, inOffset, scratch.memory, mask);
    return 0;
  }

  @Override
  public boolean marksPadding() {
    return true;
  }

  /**
   * Marks and clears the padding of the rows {@code first} to before {@code first + rows}.
   *
   * @param in (steps, batch, features). Not modified.
   * @param out (steps, batch, features). Overwritten in those rows.
   * @param mask (steps, batch). Padding is added to it.
   */
  public void apply(
      int steps,
      int batch,
      int first,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment out,
      StepMask mask) {
    for (int step = 0; step < steps; step++) {
      for (int row = first; row < first + rows; row++) {
        long at = ((long) step * batch + row) * features;
        if (isPadding(in, inOffset + at)) {
          mask.pad(step, row);
          Blocks.clear(out, at, features);
        } else {
          Blocks.copy(in, inOffset + at, out, at, features);
        }
      }
    }
  }

  private boolean isPadding(MemorySegment in, long at) {
    for (int i = 0; i < features; i++) {
      if (in.getAtIndex(JAVA_FLOAT, at + i) != value) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long work() {
    return features;
  }
}
