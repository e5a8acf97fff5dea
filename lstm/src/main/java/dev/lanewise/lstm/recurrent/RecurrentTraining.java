package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingLayer;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
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
  final MemorySegment[] x; // what it reads, below or dropped: one, or one a gate
  final MemorySegment[] h; // h_{t-1} as the products read it: one, or one a gate
  final TrainingBlock[] reads; // whose values x are
  final MemorySegment[] dx; // their gradients; empty where no one wants them
  final CellStates states; // (steps * batch) rows of gates, one step more of h and c
  final MemorySegment dOutput; // (steps or 1, batch, outputs)
  private final @Nullable InputDropout inputDropout;
  private final @Nullable StateDropout stateDropout;
  private final List<TrainingBlock> from; // h, then c where the cell has one; empty for 0
  private final List<LearnedState> learned; // the same, which from is where none is handed in
  private final boolean isHanded; // whether from is of other layers

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
    this.learned = LearnedState.of(place, cell);
    this.isHanded = !place.from().isEmpty();
    this.from = isHanded ? place.from() : List.copyOf(learned);
    assert from.isEmpty() || from.size() == (cell.keepsC() ? 2 : 1) : from.size() + " states";
    boolean drops = walk.recurrentDropout() > 0;
    Arena arena = Arena.ofAuto();
    long rows = (long) steps * place.batch();
    long all = (steps + 1L) * place.batch(); // rows of states
    this.states =
        new CellStates(
            Blocks.allocate(arena, rows * gateUnits),
            Blocks.allocate(arena, all * outputs),
            Blocks.allocate(arena, cell.keepsC() ? all * units : 0),
            drops && cell.split().candidate() ? Blocks.allocate(arena, all * outputs) : null);
    this.stateDropout =
        drops ? new StateDropout(cell, place, walk.recurrentDropout(), seed(place, 1), all) : null;
    int copies = stateDropout == null ? 1 : stateDropout.inputs(); // Keras has a mask a gate then
    this.inputDropout =
        walk.dropout() == 0
            ? null
            : new InputDropout(below, copies, place.batch(), walk.dropout(), seed(place, 0));
    this.reads = inputDropout == null ? new TrainingBlock[] {below} : inputDropout.copies();
    this.x = Arrays.stream(reads).map(TrainingBlock::values).toArray(MemorySegment[]::new);
    this.dx =
        below.wantsGradient()
            ? Arrays.stream(reads).map(TrainingBlock::gradient).toArray(MemorySegment[]::new)
            : new MemorySegment[0];
    this.h = stateDropout == null ? new MemorySegment[] {states.h()} : stateDropout.dropped();
    this.dOutput = Blocks.allocate(arena, (long) steps() * place.batch() * outputs);
  }

  private static long seed(TrainingPlace place, int use) {
    return SplitMix64.stream(place.seed(), use).nextLong();
  }

  @Override
  public final void begin(long update, int batch) {
    if (inputDropout != null) {
      inputDropout.begin(update);
    }
    if (stateDropout != null) {
      stateDropout.begin(update);
    }
    for (int i = 0; i < learned.size(); i++) {
      learned.get(i).begin(batch);
    }
  }

  /** Drops what is to be dropped of the input of some rows. */
  final void dropInput(int batch, int first, int rows) {
    if (inputDropout != null) {
      inputDropout.forward(batch, first, rows);
    }
  }

  /** After the backward of some rows: from the gradients of what was read to those below. */
  final void inputDropped(int batch, int first, int rows) {
    if (inputDropout != null) {
      inputDropout.backward(batch, first, rows);
    }
  }

  /** Says which row of the batch comes in which place of its thread's rows. */
  final void draw(int slot, int row) {
    if (stateDropout != null) {
      stateDropout.draw(slot, row);
    }
  }

  /** As {@link TrainingCell#project}, of what was read. */
  final void project(int rows, MemorySegment[] read, long xOffset, long gate) {
    if (read.length > 1 && stateDropout != null) {
      stateDropout.project(rows, read, xOffset, states.gates(), gate);
    } else {
      cell.project(rows, read[0], xOffset, states.gates(), gate);
    }
  }

  /** As {@link TrainingCell#forward}, of rows in the places from {@code slot} on. */
  final void step(int part, int slot, int rows, long gate, long before, long after) {
    if (stateDropout != null) {
      stateDropout.forward(part, slot, rows, states, gate, before, after);
    } else {
      cell.forward(part, rows, states, gate, before, after);
    }
  }

  /** As {@link TrainingCell#stateGradient}. */
  final void stateGradient(
      int part, int slot, int rows, long gate, boolean add, MemorySegment dh, long dhOffset) {
    MemorySegment gates = states.gates();
    if (stateDropout != null) {
      stateDropout.stateGradient(part, slot, rows, gates, gate, add, dh, dhOffset);
    } else {
      cell.stateGradient(rows, gates, gate, add, dh, dhOffset);
    }
  }

  /**
   * The gradient of h_{t-1}, all of it: through the products of a step, and past them.
   *
   * @param carried (rows, units) after {@link TrainingCell#backward}. Not modified.
   * @param dh (rows, outputs). Overwritten.
   */
  final void wholeStateGradient(
      int part,
      int slot,
      int rows,
      long gate,
      MemorySegment carried,
      long carriedOffset,
      MemorySegment dh,
      long dhOffset) {
    stateGradient(part, slot, rows, gate, false, dh, dhOffset);
    if (!cell.keepsC()) {
      AddScaled.apply((long) rows * units, 1, carried, carriedOffset, dh, dhOffset);
    }
  }

  /** As {@link TrainingCell#inputGradient}, of all that was read. */
  final void inputGradient(int rows, long gate, MemorySegment[] dx, long dxOffset) {
    if (dx.length > 1 && stateDropout != null) {
      stateDropout.inputGradient(rows, states.gates(), gate, dx, dxOffset);
    } else {
      cell.inputGradient(rows, states.gates(), gate, dx[0], dxOffset);
    }
  }

  /** As {@link TrainingCell#weightGradients}, from what {@link #x} and {@link #h} held. */
  final void weightGradients(
      int part,
      boolean first,
      int rows,
      MemorySegment[] read,
      long xOffset,
      MemorySegment[] before,
      long hOffset,
      MemorySegment gates,
      long gate) {
    if (stateDropout != null) {
      stateDropout.weightGradients(part, first, rows, read, xOffset, before, hOffset, gates, gate);
    } else {
      cell.weightGradients(part, first, rows, read[0], xOffset, before[0], hOffset, gates, gate);
    }
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

  /** The gradients of the states that it learns, one thread's share. */
  final void learnedGradients(int batch, int part, int parts) {
    for (int i = 0; i < learned.size(); i++) {
      learned.get(i).sum(isHanded ? 0 : batch, part, parts);
    }
  }

  @Override
  public final int packs() {
    return cell.packs() + (stateDropout == null ? 0 : stateDropout.packs());
  }

  @Override
  public final void pack(int index) {
    if (stateDropout != null && index >= cell.packs()) {
      stateDropout.pack(index - cell.packs());
    } else {
      cell.pack(index);
    }
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
