package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The dropout of h_{t-1} in the products of a recurrent layer, of a sequence the same at every
 * step: each gate reads a copy with a mask of its own (Gal and Ghahramani, 2016, untied; Keras's
 * {@code recurrent_dropout}). What goes past the products is not dropped.
 *
 * <p>Rows are those of slots one after the other. Threads may run different ones at once.
 */
final class StateDropout {
  private final TrainingCell cell;
  private final GateProducts input;
  private final GateProducts state;
  private final boolean candidate;
  private final boolean ofState;
  private final DropoutMasks masks; // of the gates, then of the candidate
  private final MemorySegment[] dropped; // by gate: in the places of h
  private final MemorySegment scratch; // (parts, batch, outputs)
  private final long scratchSize;

  /**
   * Of a cell.
   *
   * @param states rows of h in all steps
   */
  StateDropout(TrainingCell cell, TrainingPlace place, double rate, long seed, long states) {
    GateLayout layout = cell.split();
    int parts = place.parts();
    int columns = layout.input().size() * cell.units;
    this.cell = cell;
    long inputs = layout.inputs();
    this.input =
        new GateProducts(
            cell, layout.input(), inputs, cell.features, columns, cell.kernelAt, parts);
    this.state =
        new GateProducts(
            cell, layout.state(), inputs, cell.outputs, columns, cell.recurrentAt, parts);
    this.candidate = layout.candidate();
    this.ofState = layout.ofState();
    int count = state.count() + (candidate ? 1 : 0);
    this.masks = new DropoutMasks(count, place.batch(), cell.outputs, rate, seed);
    Arena arena = Arena.ofAuto();
    this.dropped = new MemorySegment[state.count()];
    for (int i = 0; i < dropped.length; i++) {
      dropped[i] = Blocks.allocate(arena, states * cell.outputs);
    }
    this.scratchSize = Blocks.align((long) place.batch() * cell.outputs);
    this.scratch = Blocks.allocate(arena, parts * scratchSize);
  }

  /** The gates that x W adds to. */
  int inputs() {
    return input.count();
  }

  /** By gate: h_{t-1} as it read it, in the places of h. */
  MemorySegment[] dropped() {
    return dropped.clone();
  }

  void begin(long update) {
    masks.begin(update);
  }

  /** As {@link DropoutMasks#draw}. */
  void draw(int slot, int row) {
    masks.draw(slot, row);
  }

  /** How many packed copies of weights there are. */
  int packs() {
    return 2;
  }

  void pack(int index) {
    (index == 0 ? input : state).pack();
  }

  /** As {@link TrainingCell#project}, each gate of its own x. */
  void project(int rows, MemorySegment[] x, long xOffset, MemorySegment gates, long gate) {
    cell.begin(rows, gates, gate);
    for (int i = 0; i < input.count(); i++) {
      input.add(i, rows, x[i], xOffset, gates, gate);
    }
  }

  /** As {@link TrainingCell#forward}. */
  void forward(int part, int slot, int rows, CellStates states, long gate, long from, long to) {
    long before = from * cell.outputs;
    for (int i = 0; i < dropped.length; i++) {
      masks.apply(i, slot, rows, states.h(), before, dropped[i], before);
      state.add(i, rows, dropped[i], before, states.gates(), gate);
    }
    MemorySegment factors = states.factors();
    if (candidate && factors != null) {
      masks.copy(dropped.length, slot, rows, factors, before);
    }
    cell.complete(part, rows, states, gate, from, to);
  }

  /** As {@link TrainingCell#stateGradient}. */
  void stateGradient(
      int part,
      int slot,
      int rows,
      MemorySegment gates,
      long gate,
      boolean add,
      MemorySegment dh,
      long dhOffset) {
    long room = part * scratchSize;
    long elements = (long) rows * cell.outputs;
    for (int i = 0; i < state.count(); i++) {
      state.transposed(i, rows, gates, gate, scratch, room);
      if (i == 0 && !add) {
        masks.apply(i, slot, rows, scratch, room, dh, dhOffset);
      } else {
        masks.apply(i, slot, rows, scratch, room, scratch, room);
        AddScaled.apply(elements, 1, scratch, room, dh, dhOffset);
      }
    }
  }

  /** As {@link TrainingCell#inputGradient}, of each gate apart. */
  void inputGradient(int rows, MemorySegment gates, long gate, MemorySegment[] dx, long dxOffset) {
    for (int i = 0; i < input.count(); i++) {
      input.transposed(i, rows, gates, gate, dx[i], dxOffset);
    }
  }

  /** As {@link TrainingCell#weightGradients}: x by gate or one for all, h by gate. */
  void weightGradients(
      int part,
      boolean first,
      int rows,
      MemorySegment[] x,
      long xOffset,
      MemorySegment[] h,
      long hOffset,
      MemorySegment gates,
      long gate) {
    input.weightGradients(part, first, rows, x, xOffset, gates, gate);
    state.weightGradients(part, first, rows, h, hOffset, gates, gate);
    cell.innerGradients(part, first, rows, gates, gate);
    if (cell.biasAt != LayerWeights.NONE) {
      input.biasGradients(part, first, rows, gates, gate, cell.biasAt);
      if (ofState) {
        long second = cell.biasAt + (long) input.count() * cell.units;
        state.biasGradients(part, first, rows, gates, gate, second);
      }
    }
  }
}
