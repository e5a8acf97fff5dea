package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What a state of a layer begins from where it goes on: from where it ended in the run before, or
 * from 0. No gradient goes back into that run.
 *
 * @param values (batch, width)
 */
record CarriedState(MemorySegment values, int width) implements TrainingBlock {

  static CarriedState of(int batch, int width) {
    return new CarriedState(Blocks.allocate(Arena.ofAuto(), (long) batch * width), width);
  }

  /** Goes on where so many rows ended. */
  void take(TrainingBlock end, int batch) {
    Blocks.copy(end.values(), end.valuesOffset(batch), values, 0, (long) batch * width);
  }

  /** Begins at 0. */
  void clear() {
    Blocks.clear(values, 0, values.byteSize() / Float.BYTES);
  }

  @Override
  public long valuesOffset(int batch) {
    return 0;
  }

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public boolean wantsGradient() {
    return false;
  }

  @Override
  public MemorySegment gradient() {
    throw new AssertionError("no gradient goes back to the run before");
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }
}
