package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a recurrent layer over time in training: backpropagation through time. All steps of
 * the batch are kept, where {@link DenseRecurrentTraining} and {@link PackedRecurrentTraining} lay
 * them.
 */
public abstract class RecurrentTraining implements TrainingLayer {
  final int steps;
  final int features;
  final int units; // width of c
  final int outputs; // width of h
  final int gateUnits; // of a row
  final boolean goBackwards;
  final boolean returnSequences;
  final TrainingBlock below;
  final TrainingCell cell;
  final CellStates states; // (steps * batch) rows of gates, one step more of h and c
  final MemorySegment dOutput; // (steps or 1, batch, outputs)
  private final List<TrainingBlock> from; // h, then c where the cell has one; empty for 0

  RecurrentTraining(Walk walk, TrainingCell cell, TrainingPlace place) {
    this.below = place.below();
    this.steps = below.steps();
    this.features = below.width();
    this.units = cell.units;
    this.outputs = cell.outputs;
    this.gateUnits = cell.rowOfGates;
    this.goBackwards = walk.goBackwards();
    this.returnSequences = walk.returnSequences();
    this.cell = cell;
    this.from = place.from();
    assert from.isEmpty() || from.size() == (cell.keepsC() ? 2 : 1) : from.size() + " states";
    Arena arena = Arena.ofAuto();
    long rows = (long) steps * place.batch();
    long all = (steps + 1L) * place.batch(); // rows of states
    this.states =
        new CellStates(
            Blocks.allocate(arena, rows * gateUnits),
            Blocks.allocate(arena, all * outputs),
            Blocks.allocate(arena, cell.keepsC() ? all * units : 0));
    this.dOutput = Blocks.allocate(arena, (long) steps() * place.batch() * outputs);
  }

  /** Lays what the states of the rows from {@code row} on begin from, in the rows {@code to}. */
  final void beginStates(int batch, int row, int rows, long to) {
    beginState(0, batch, row, rows, states.h(), to, outputs);
    if (cell.keepsC()) {
      beginState(1, batch, row, rows, states.c(), to, units);
    }
  }

  private void beginState(
      int index, int batch, int row, int rows, MemorySegment state, long to, int width) {
    long elements = (long) rows * width;
    long offset = to * width;
    if (from.isEmpty()) {
      Blocks.clear(state, offset, elements);
    } else {
      TrainingBlock block = from.get(index);
      long at = block.valuesOffset(batch) + (long) row * width;
      Blocks.copy(block.values(), at, state, offset, elements);
    }
  }

  /**
   * What {@link TrainingCell#backward} of the last step of the rows from {@code row} on is told.
   */
  final void beginCarried(int row, int rows, MemorySegment carried, long offset) {
    long elements = (long) rows * units;
    if (cell.keepsC() && !states().isEmpty()) {
      Blocks.copy(states().get(1).gradient(), (long) row * units, carried, offset, elements);
    } else {
      Blocks.clear(carried, offset, elements);
    }
  }

  /** Adds the gradient of the final h of the rows from {@code row} on. */
  final void addFinal(int row, int rows, MemorySegment dh, long offset) {
    if (!states().isEmpty()) {
      MemorySegment gradient = states().getFirst().gradient();
      AddScaled.apply((long) rows * outputs, 1, gradient, (long) row * outputs, dh, offset);
    }
  }

  /** The gradients of the h that the layer begins from; null where no one wants them. */
  final @Nullable MemorySegment initialH() {
    return initial(0);
  }

  /** The gradients of the c that the layer begins from; null where no one wants them. */
  final @Nullable MemorySegment initialC() {
    return initial(1);
  }

  private @Nullable MemorySegment initial(int index) {
    boolean wanted = index < from.size() && from.get(index).wantsGradient();
    return wanted ? from.get(index).gradient() : null;
  }

  @Override
  public final int packs() {
    return cell.packs();
  }

  @Override
  public final void pack(int index) {
    cell.pack(index);
  }

  @Override
  public final boolean wantsGradient() {
    return true;
  }

  @Override
  public final MemorySegment gradient() {
    return dOutput;
  }

  @Override
  public final int steps() {
    return returnSequences ? steps : 1;
  }

  @Override
  public final int width() {
    return outputs;
  }
}
