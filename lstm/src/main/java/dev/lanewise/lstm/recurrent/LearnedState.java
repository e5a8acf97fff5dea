package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A weight in training that is the h or c of every sequence before its first step. Each row of the
 * batch begins from it, and its gradient is the sum of theirs.
 *
 * @param weights of the model
 * @param sums the gradients of the weights, in the same places
 * @param at where the weight is in both, in elements
 * @param values (batch, width): the weight in every row
 * @param gradient (batch, width)
 */
record LearnedState(
    MemorySegment weights,
    MemorySegment sums,
    long at,
    MemorySegment values,
    MemorySegment gradient,
    int width)
    implements TrainingBlock {

  /** The h and, of a cell that keeps one, the c of a place; none where the layer learns none. */
  static List<LearnedState> of(TrainingPlace place, TrainingCell cell) {
    if (place.weights().offset(WeightSpec.INITIAL_H) == LayerWeights.NONE) {
      return List.of();
    }
    LearnedState h = of(place, WeightSpec.INITIAL_H, cell.outputs);
    return cell.keepsC() ? List.of(h, of(place, WeightSpec.INITIAL_C, cell.units)) : List.of(h);
  }

  private static LearnedState of(TrainingPlace place, String suffix, int width) {
    Arena arena = Arena.ofAuto();
    long elements = (long) place.batch() * width;
    return new LearnedState(
        place.weights().memory(),
        place.gradients(),
        place.weights().offset(suffix),
        Blocks.allocate(arena, elements),
        Blocks.allocate(arena, elements),
        width);
  }

  /** Before a batch: every row is the weight as it is now. */
  void begin(int batch) {
    for (int row = 0; row < batch; row++) {
      Blocks.copy(weights, at, values, (long) row * width, width);
    }
  }

  /** The gradient of the weight from so many rows, one thread's share of its columns. */
  void sum(int rows, int part, int parts) {
    long first = (long) width * part / parts;
    long columns = (long) width * (part + 1) / parts - first;
    Blocks.clear(sums, at + first, columns);
    for (int row = 0; row < rows; row++) {
      AddScaled.apply(columns, 1, gradient, (long) row * width + first, sums, at + first);
    }
  }

  @Override
  public long valuesOffset(int batch) {
    return 0;
  }

  @Override
  public boolean wantsGradient() {
    return true;
  }

  @Override
  public @Nullable StepMask mask() {
    return null;
  }

  @Override
  public int steps() {
    return 1;
  }
}
