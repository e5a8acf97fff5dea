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
 * A final state of a layer in training (batch, units), with gradients of its own.
 *
 * @param values blocks (batch, units) of the batch at hand
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
    StateBlock ofH = of(h, index, place.batch(), cell.units);
    return cell.keepsC() ? List.of(ofH, of(c, index, place.batch(), cell.units)) : List.of(ofH);
  }

  /** The same in memory of their own. */
  static List<TrainingBlock> apart(TrainingPlace place, TrainingCell cell) {
    if (!place.givesStates()) {
      return List.of();
    }
    Arena arena = Arena.ofAuto();
    long elements = (long) place.batch() * cell.units;
    MemorySegment h = Blocks.allocate(arena, elements);
    MemorySegment c = Blocks.allocate(arena, cell.keepsC() ? elements : 0);
    return of(place, h, c, 0, cell);
  }

  private static StateBlock of(MemorySegment values, int index, int batch, int units) {
    MemorySegment gradient = Blocks.allocate(Arena.ofAuto(), (long) batch * units);
    return new StateBlock(values, index, gradient, units);
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
