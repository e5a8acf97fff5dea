package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a layer that changes nothing when predicting. */
public final class IdentityForward implements ForwardLayer {
  public static final IdentityForward INSTANCE = new IdentityForward();

  private IdentityForward() {}

  @Override
  public long scratchSize(int steps, int rows) {
    return 0;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    return inOffset;
  }

  @Override
  public MemorySegment output(MemorySegment in, LayerScratch scratch) {
    return in;
  }

  @Override
  public long work() {
    return 0;
  }
}
