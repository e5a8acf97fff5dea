package dev.lanewise.lstm.run;

import dev.lanewise.kernels.Softmax;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a softmax over features. Scratch: the output (steps, rows, width). */
public final class SoftmaxForward implements ForwardLayer {
  private final int width;

  public SoftmaxForward(int width) {
    this.width = width;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * width;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    Softmax.apply((long) steps * rows, width, in, inOffset, scratch.memory, 0);
    return 0;
  }

  @Override
  public long work() {
    return width;
  }
}
