package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A final state of a layer in training (batch, width), with gradients of its own.
 *
 * @param values blocks (batch, width) of the batch at hand
 * @param index which of them it is
 */
public record StateBlock(MemorySegment values, int index, MemorySegment gradient, int width)
    implements TrainingBlock {

  /** The final h and, of a cell that keeps one, c of a place; none where no one reads them. */
  static List<TrainingBlock> of(
      TrainingPlace place, MemorySegment h, MemorySegment c, int index, TrainingCell cell) {
    if (!place.givesStates()) {
      return List.of();
    }
    StateBlock ofH = of(h, index, place.batch(), cell.outputs);
    return cell.keepsC() ? List.of(ofH, of(c, index, place.batch(), cell.units)) : List.of(ofH);
  }

  /** The same in memory of their own. */
  static List<TrainingBlock> apart(TrainingPlace place, TrainingCell cell) {
    if (!place.givesStates()) {
      return List.of();
    }
    Arena arena = Arena.ofAuto();
    long rows = place.batch();
    MemorySegment h = Blocks.allocate(arena, rows * cell.outputs);
    MemorySegment c = Blocks.allocate(arena, cell.keepsC() ? rows * cell.units : 0);
    return of(place, h, c, 0, cell);
  }

  private static StateBlock of(MemorySegment values, int index, int batch, int width) {
    MemorySegment gradient = Blocks.allocate(Arena.ofAuto(), (long) batch * width);
    return new StateBlock(values, index, gradient, width);
  }

  @Override
  public long valuesOffset(int batch) {
    return (long) index * batch * width;
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
