package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a function of each element. Scratch: the output (steps, rows, width). */
public final class ElementwiseForward implements ForwardLayer {
  private final Elementwise function;
  private final int width;

  public ElementwiseForward(Elementwise function, int width) {
    this.function = function;
    this.width = width;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) steps * rows * width;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    function.apply((long) steps * rows * width, in, inOffset, scratch.memory, 0);
    return 0;
  }

  @Override
  public long work() {
    return width;
  }
}
