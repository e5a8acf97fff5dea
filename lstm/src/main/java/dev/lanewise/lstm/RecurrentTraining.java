package dev.lanewise.lstm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The walk of a recurrent layer over time in training: backpropagation through time. All steps of
 * the batch are kept, where {@link DenseRecurrentTraining} and {@link PackedRecurrentTraining} lay
 * them.
 */
abstract class RecurrentTraining implements TrainingLayer {
  final int steps;
  final int features;
  final int units;
  final int gateUnits; // of a row
  final boolean goBackwards;
  final boolean returnSequences;
  final TrainingBlock below;
  final TrainingCell cell;
  final CellStates states; // (steps * batch) rows of gates, one step more of h and c
  final MemorySegment dOutput; // (steps or 1, batch, units)

  RecurrentTraining(Recurrent layer, TrainingCell cell, TrainingPlace place) {
    this.below = place.below();
    this.steps = below.steps();
    this.features = below.width();
    this.units = cell.units;
    this.gateUnits = cell.rowOfGates;
    this.goBackwards = layer.goBackwards();
    this.returnSequences = layer.returnSequences();
    this.cell = cell;
    Arena arena = Arena.ofAuto();
    long rows = (long) steps * place.batch();
    long all = (steps + 1L) * place.batch() * units;
    this.states =
        new CellStates(
            Blocks.allocate(arena, rows * gateUnits),
            Blocks.allocate(arena, all),
            Blocks.allocate(arena, cell.keepsC() ? all : 0));
    this.dOutput = Blocks.allocate(arena, (long) steps() * place.batch() * units);
  }

  /** The states 0 from an offset on. */
  final void clearStates(long offset, int rows) {
    Blocks.clear(states.h(), offset, (long) rows * units);
    if (cell.keepsC()) {
      Blocks.clear(states.c(), offset, (long) rows * units);
    }
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
    return units;
  }
}
