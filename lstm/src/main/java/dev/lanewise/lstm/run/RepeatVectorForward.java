package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;

/** The forward pass of a {@code RepeatVector}. Scratch: the output (n, rows, features). */
public final class RepeatVectorForward implements ForwardLayer {
  private final int n;
  private final int features;

  public RepeatVectorForward(int n, int features) {
    this.n = n;
    this.features = features;
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return (long) Sizes.rows(n, rows) * features;
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    long block = (long) rows * features;
    for (int step = 0; step < n; step++) {
      Blocks.copy(in, inOffset, scratch.memory, step * block, block);
    }
    return 0;
  }

  @Override
  public long work() {
    return 0;
  }
}
