package dev.lanewise.lstm.train;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A layer in training that has nothing to learn: values and gradients of its own, no weights. */
public abstract class WeightlessTraining implements TrainingLayer {
  public final TrainingBlock below;
  public final MemorySegment output; // (steps, batch, width)
  public final MemorySegment dOutput; // (steps, batch, width)
  private final int steps;
  private final int width;

  public WeightlessTraining(TrainingPlace place, int steps, int width) {
    this.below = place.below();
    this.steps = steps;
    this.width = width;
    Arena arena = Arena.ofAuto();
    long elements = (long) Sizes.rows(steps, place.batch()) * width;
    this.output = Blocks.allocate(arena, elements);
    this.dOutput = Blocks.allocate(arena, elements);
  }

  /** As many steps and as wide as what is below. */
  public WeightlessTraining(TrainingPlace place) {
    this(place, place.below().steps(), place.below().width());
  }

  @Override
  public MemorySegment values() {
    return output;
  }

  @Override
  public long valuesOffset(int batch) {
    return 0;
  }

  @Override
  public boolean wantsGradient() {
    return below.wantsGradient();
  }

  @Override
  public MemorySegment gradient() {
    return dOutput;
  }

  @Override
  public @Nullable StepMask mask() {
    return below.mask();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public int width() {
    return width;
  }
}
