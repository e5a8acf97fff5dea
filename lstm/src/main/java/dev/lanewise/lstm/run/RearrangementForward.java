package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a layer that only moves elements. Scratch: the output. */
public final class RearrangementForward implements ForwardLayer {
  private final Rearrangement moves;

  public RearrangementForward(Rearrangement moves) {
    this.moves = moves;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return rows * moves.size();
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    moves.apply(rows, 0, rows, in, inOffset, scratch.memory, 0);
    return 0;
  }

  @Override
  public long work() {
    return 0;
  }
}
