package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The input of a batch: the block below the first layer. */
record TrainingInput(MemorySegment values, int steps, int width) implements TrainingBlock {

  static TrainingInput allocate(int steps, int batch, int features) {
    long elements = Math.multiplyExact((long) steps * batch, features);
    return new TrainingInput(Blocks.allocate(Arena.ofAuto(), elements), steps, features);
  }

  @Override
  public long valuesOffset(int batch) {
    return 0;
  }

  @Override
  public boolean wantsGradient() {
    return false;
  }

  @Override
  public MemorySegment gradient() {
    throw new AssertionError("nothing below the input learns");
  }
}
