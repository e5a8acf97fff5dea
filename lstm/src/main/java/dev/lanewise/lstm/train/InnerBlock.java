package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The values below, with gradients aside: for several layers that read the same values. */
public record InnerBlock(TrainingBlock below, MemorySegment gradient) implements TrainingBlock {

  public static InnerBlock over(TrainingBlock below, int batch) {
    long elements = (long) Sizes.rows(below.steps(), batch) * below.width();
    return new InnerBlock(
        below, Blocks.allocate(Arena.ofAuto(), below.wantsGradient() ? elements : 0));
  }

  @Override
  public MemorySegment values() {
    return below.values();
  }

  @Override
  public long valuesOffset(int batch) {
    return below.valuesOffset(batch);
  }

  @Override
  public boolean wantsGradient() {
    return below.wantsGradient();
  }

  @Override
  public @Nullable StepMask mask() {
    return below.mask();
  }

  @Override
  public int steps() {
    return below.steps();
  }

  @Override
  public int width() {
    return below.width();
  }
}
