package dev.lanewise.lstm.run;

import dev.lanewise.lstm.memory.StepMask;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Merger} reads: where several values lie, (steps, batch, width) each, and what is
 * padding in them. Mutable, so that it can be kept and pointed at the next ones.
 */
public final class MergeInputs implements LayerScratch.Kept {
  private final MemorySegment[] memory;
  private final long[] offset;
  private final int[] steps;
  private final @Nullable StepMask[] masks;

  public MergeInputs(int count) {
    this.memory = new MemorySegment[count];
    this.offset = new long[count];
    this.steps = new int[count];
    this.masks = new @Nullable StepMask[count];
    Arrays.fill(memory, MemorySegment.NULL);
  }

  /** Those of a layer that keeps them from call to call, made when first asked for. */
  static MergeInputs of(LayerScratch scratch, int count) {
    if (scratch.kept() instanceof MergeInputs present) {
      return present;
    }
    MergeInputs made = new MergeInputs(count);
    scratch.keep(made);
    return made;
  }

  /** Points at a value. */
  public void set(
      int index, MemorySegment at, long elements, int timesteps, @Nullable StepMask padding) {
    memory[index] = at;
    offset[index] = elements;
    steps[index] = timesteps;
    masks[index] = padding;
  }

  int count() {
    return memory.length;
  }

  MemorySegment memory(int index) {
    return memory[index];
  }

  /** Where it begins, in elements. */
  long offset(int index) {
    return offset[index];
  }

  int steps(int index) {
    return steps[index];
  }

  /** What is padding in a value; null where nothing is. */
  @Nullable StepMask mask(int index) {
    return masks[index];
  }

  boolean isPadded(int index, int step, int row) {
    StepMask mask = masks[index];
    return mask != null && mask.isPadded(step, row);
  }

  /** Whether any value has padding. */
  boolean anyPadding() {
    for (StepMask mask : masks) {
      if (mask != null && mask.isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a step is padding in every value. */
  boolean arePadded(int step, int row) {
    for (int i = 0; i < masks.length; i++) {
      if (!isPadded(i, step, row)) {
        return false;
      }
    }
    return true;
  }
}
