package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a {@code FeatureSlice}. Scratch: the output (steps, rows, count). */
public final class FeatureSliceForward implements ForwardLayer {
  private final int width;
  private final int first;
  private final int count;

  public FeatureSliceForward(int width, int first, int count) {
    this.width = width;
    this.first = first;
    this.count = count;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * count;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    apply((long) steps * rows, in, inOffset, scratch.memory, 0);
    return 0;
  }

  /** Takes the features of rows (rows, width), which are not modified, to (rows, count). */
  public void apply(long rows, MemorySegment in, long inOffset, MemorySegment out, long outOffset) {
    for (long row = 0; row < rows; row++) {
      Blocks.copy(in, inOffset + row * width + first, out, outOffset + row * count, count);
    }
  }

  /** Lays gradients (rows, count) where they are from, and 0 beside them (rows, width). */
  public void gradient(
      long rows, MemorySegment dy, long dyOffset, MemorySegment dx, long dxOffset) {
    Blocks.clear(dx, dxOffset, rows * width);
    for (long row = 0; row < rows; row++) {
      Blocks.copy(dy, dyOffset + row * count, dx, dxOffset + row * width + first, count);
    }
  }

  @Override
  public long work() {
    return 0;
  }
}
