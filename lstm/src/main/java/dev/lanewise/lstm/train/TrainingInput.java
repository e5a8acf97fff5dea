package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The input of a batch: the block below the first layer. Ids are int32. */
public record TrainingInput(MemorySegment values, int steps, int width, @Nullable StepMask mask)
    implements TrainingBlock {

  static TrainingInput allocate(int steps, int batch, int features, boolean masked) {
    long elements = (long) Sizes.rows(steps, batch) * features;
    MemorySegment values = Blocks.allocate(Arena.ofAuto(), elements);
    return new TrainingInput(values, steps, features, masked ? new StepMask() : null);
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
