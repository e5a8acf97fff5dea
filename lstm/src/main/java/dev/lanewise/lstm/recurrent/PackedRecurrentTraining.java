package dev.lanewise.lstm.recurrent;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Sizes;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.train.GradientShare;
import dev.lanewise.lstm.train.TrainingBlock;
import dev.lanewise.lstm.train.TrainingPlace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in training on sequences that may have padding: backpropagation through the
 * real steps only. Each thread packs its rows; the weight gradients go over all real steps in the
 * order of time, whoever packed them, and so are the same bits on any number of threads.
 *
 * <p>Rows of gates and states lie packed: those of the rows {@code first} on from row {@code first
 * * steps} of the gates, and from row {@code first * (steps + 1)} of the states, which begin with
 * those before the first step.
 */
public final class PackedRecurrentTraining extends RecurrentTraining {
  private static final int ABSENT = -1;

  private final boolean zeroOutputForMask;
  private final StepMask mask;
  private final MemorySegment output; // (steps or 1, batch, outputs)
  private final int[] gateRow; // (steps, batch): the row in gates, or ABSENT
  private final int[] stateRow; // (steps, batch): the row of the state before
  private final Room[] rooms; // one a thread
  private final List<TrainingBlock> ends; // after each row's last step, in the rows' own order

  /** What one thread works in. */
  private static final class Room {
    final PackedRows packed = new PackedRows();
    final MemorySegment[] x; // as is read: (chunk, features)
    final MemorySegment[] h; // as the products read it: (chunk, outputs)
    final MemorySegment state; // (chunk, outputs)
    final MemorySegment gates; // (chunk, gates)
    final MemorySegment carried; // (batch, units)

    Room(int batch, int features, int reads, int states, TrainingCell cell) {
      Arena arena = Arena.ofAuto();
      long rows = Math.max(GradientShare.CHUNK_ROWS, (long) batch + RecurrentForward.CHUNK_ROWS);
      x = new MemorySegment[reads];
      Arrays.setAll(x, _ -> Blocks.allocate(arena, rows * features));
      h = new MemorySegment[states];
      Arrays.setAll(h, _ -> Blocks.allocate(arena, rows * cell.outputs));
      state = h[0]; // never both at once
      gates = Blocks.allocate(arena, (long) GradientShare.CHUNK_ROWS * cell.rowOfGates);
      carried = Blocks.allocate(arena, (long) batch * cell.units);
    }
  }

  public PackedRecurrentTraining(Walk walk, TrainingCell cell, TrainingPlace place) {
    super(walk, cell, place);
    this.zeroOutputForMask = walk.zeroOutputForMask();
    this.mask = Objects.requireNonNull(below.mask());
    int batch = place.batch();
    this.output = Blocks.allocate(Arena.ofAuto(), (long) steps() * batch * outputs);
    this.gateRow = new int[Sizes.rows(steps, batch)];
    this.stateRow = new int[steps * batch];
    this.rooms = new Room[place.parts()];
    for (int part = 0; part < rooms.length; part++) {
      rooms[part] = new Room(batch, features, x.length, h.length, cell);
    }
    this.ends = StateBlock.apart(place, cell);
  }

  /** The place of a time in a sequence of outputs, which stays in the order of computing. */
  private int place(int time) {
    return goBackwards ? steps - 1 - time : time;
  }

  /** The first row of a packed step in gates. */
  private long gates(PackedRows packed, int first, int step) {
    return (long) first * steps + packed.offset(step);
  }

  /** The first row of the states that a packed step begins from. */
  private long before(PackedRows packed, int first, int rows, int step) {
    long begin = (long) first * (steps + 1);
    return step == 0 ? begin : begin + rows + packed.offset(step - 1);
  }

  /** The first row of the states that a packed step ends with. */
  private long after(PackedRows packed, int first, int rows, int step) {
    return (long) first * (steps + 1) + rows + packed.offset(step);
  }

  @Override
  public void forward(int batch, int first, int rows, int part) {
    Room room = rooms[part];
    PackedRows packed = room.packed;
    packed.plan(mask, first, rows, goBackwards);
    long begin = before(packed, first, rows, 0);
    for (int rank = 0; rank < rows; rank++) {
      beginStates(batch, first + packed.row(rank), 1, begin + rank);
      draw(first + rank, first + packed.row(rank));
    }
    dropInput(batch, first, rows);
    for (int time = 0; time < steps; time++) {
      Arrays.fill(gateRow, time * batch + first, time * batch + first + rows, ABSENT);
    }
    for (int from = 0; from < packed.longest(); ) {
      int to = packed.chunkEnd(from, RecurrentForward.CHUNK_ROWS);
      gather(packed, from, to, batch, first, rows, room.x);
      int count = packed.offset(to) - packed.offset(from);
      project(count, room.x, 0, gates(packed, first, from) * gateUnits);
      for (int step = from; step < to; step++) {
        long gate = gates(packed, first, step) * gateUnits;
        long before = before(packed, first, rows, step);
        long after = after(packed, first, rows, step);
        step(part, first, packed.running(step), gate, before, after);
      }
      from = to;
    }
    emit(packed, batch, first, rows);
    for (int i = 0; i < ends.size(); i++) {
      MemorySegment to = ends.get(i).values();
      if (i == 0) {
        last(packed, first, rows, states.h(), outputs, to);
      } else {
        last(packed, first, rows, states.c(), units, to);
      }
    }
  }

  /** The states after each row's last step, which are those before the step that it lacks. */
  private void last(
      PackedRows packed, int first, int rows, MemorySegment state, int width, MemorySegment to) {
    for (int rank = 0; rank < rows; rank++) {
      long from = before(packed, first, rows, packed.length(rank)) + rank;
      long row = (long) first + packed.row(rank);
      Blocks.copy(state, from * width, to, row * width, width);
    }
  }

  /** Lays the inputs of packed steps one after the other, and notes where their rows are. */
  private void gather(
      PackedRows packed, int from, int to, int batch, int first, int rows, MemorySegment[] read) {
    long target = 0;
    for (int step = from; step < to; step++) {
      long gate = gates(packed, first, step);
      long before = before(packed, first, rows, step);
      for (int rank = 0; rank < packed.running(step); rank++) {
        int at = packed.time(rank, step) * batch + first + packed.row(rank);
        gateRow[at] = Math.toIntExact(gate + rank);
        stateRow[at] = Math.toIntExact(before + rank);
        long source = reads[0].valuesOffset(batch) + (long) at * features;
        for (int i = 0; i < read.length; i++) {
          Blocks.copy(x[i], source, read[i], target, features);
        }
        target += features;
      }
    }
  }

  /** Puts h where the layer above reads it. */
  private void emit(PackedRows packed, int batch, int first, int rows) {
    if (!returnSequences) {
      last(packed, first, rows, states.h(), outputs, output);
      return;
    }
    for (int step = 0; step < steps; step++) {
      Blocks.clear(output, ((long) step * batch + first) * outputs, (long) rows * outputs);
    }
    for (int step = 0; step < packed.longest(); step++) {
      long after = after(packed, first, rows, step);
      for (int rank = 0; rank < packed.running(step); rank++) {
        long to = (long) place(packed.time(rank, step)) * batch + first + packed.row(rank);
        Blocks.copy(states.h(), (after + rank) * outputs, output, to * outputs, outputs);
      }
    }
    if (zeroOutputForMask) {
      return;
    }
    for (int place = 1; place < steps; place++) { // a padded step repeats the one before it
      for (int row = first; row < first + rows; row++) {
        if (mask.isPadded(place(place), row)) {
          long to = ((long) place * batch + row) * outputs;
          Blocks.copy(output, to - (long) batch * outputs, output, to, outputs);
        }
      }
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    Room room = rooms[part];
    PackedRows packed = room.packed;
    for (int rank = 0; rank < rows; rank++) {
      beginCarried(first + packed.row(rank), 1, room.carried, (long) rank * units);
    }
    for (MemorySegment gradient : dx) {
      for (int time = 0; time < steps; time++) {
        Blocks.clear(gradient, ((long) time * batch + first) * features, (long) rows * features);
      }
    }
    for (int step = packed.longest() - 1; step >= 0; step--) {
      int running = packed.running(step);
      collect(packed, step, batch, first, room.state);
      if (step + 1 < packed.longest()) {
        long next = gates(packed, first, step + 1) * gateUnits;
        int left = packed.running(step + 1);
        stateGradient(part, first, left, next, true, room.state, 0);
      }
      long gate = gates(packed, first, step) * gateUnits;
      long before = before(packed, first, rows, step);
      long after = after(packed, first, rows, step);
      cell.backward(part, running, states, gate, before, after, room.state, 0, room.carried, 0);
      if (below.wantsGradient()) {
        inputGradient(running, gate, room.x, 0);
        scatter(packed, step, batch, first, room.x);
      }
    }
    initialGradients(room, part, first, rows);
    inputDropped(batch, first, rows);
  }

  /** Puts the gradients of a packed step's inputs where those of what was read lie. */
  private void scatter(
      PackedRows packed, int step, int batch, int first, MemorySegment[] gradients) {
    for (int rank = 0; rank < packed.running(step); rank++) {
      long to = (long) packed.time(rank, step) * batch + first + packed.row(rank);
      for (int i = 0; i < dx.length; i++) {
        Blocks.copy(gradients[i], (long) rank * features, dx[i], to * features, features);
      }
    }
  }

  /** The gradients of what the states began from, after the backward of the first step. */
  private void initialGradients(Room room, int part, int first, int rows) {
    PackedRows packed = room.packed;
    MemorySegment dh = initialH();
    if (dh != null) {
      int running = packed.running(0);
      long gate = gates(packed, first, 0) * gateUnits;
      wholeStateGradient(part, first, running, gate, room.carried, 0, room.state, 0);
      for (int rank = running; rank < rows; rank++) {
        passOver(first + packed.row(rank), room.state, (long) rank * outputs);
      }
      unpack(packed, first, rows, room.state, dh, outputs);
    }
    MemorySegment dc = initialC();
    if (dc != null) {
      unpack(packed, first, rows, room.carried, dc, units);
    }
  }

  /** Of a row that is all padding the h it began from is its final one, and its last output. */
  private void passOver(int row, MemorySegment dh, long to) {
    if (returnSequences) {
      Blocks.clear(dh, to, outputs);
    } else {
      Blocks.copy(dOutput, (long) row * outputs, dh, to, outputs);
    }
    addFinal(row, 1, dh, to);
  }

  private void unpack(
      PackedRows packed, int first, int rows, MemorySegment from, MemorySegment to, int width) {
    for (int rank = 0; rank < rows; rank++) {
      long row = (long) first + packed.row(rank);
      Blocks.copy(from, (long) rank * width, to, row * width, width);
    }
  }

  /** The gradients of the outputs that show a packed step's h: its own, and those repeating it. */
  private void collect(PackedRows packed, int step, int batch, int first, MemorySegment dh) {
    for (int rank = 0; rank < packed.running(step); rank++) {
      int row = first + packed.row(rank);
      long to = (long) rank * outputs;
      boolean last = rank >= packed.running(step + 1);
      if (!returnSequences) {
        if (last) {
          Blocks.copy(dOutput, (long) row * outputs, dh, to, outputs);
        } else {
          Blocks.clear(dh, to, outputs);
        }
        continue;
      }
      int place = place(packed.time(rank, step));
      Blocks.copy(dOutput, ((long) place * batch + row) * outputs, dh, to, outputs);
      int end = last ? steps : place(packed.time(rank, step + 1));
      for (int next = place + 1; next < end && !zeroOutputForMask; next++) {
        long other = ((long) next * batch + row) * outputs;
        AddScaled.apply(outputs, 1, dOutput, other, dh, to);
      }
    }
    for (int rank = packed.running(step + 1); rank < packed.running(step); rank++) {
      addFinal(first + packed.row(rank), 1, dh, (long) rank * outputs);
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    learnedGradients(batch, part, parts);
    Room room = rooms[part];
    int count = 0;
    boolean none = true;
    for (int at = 0; at < steps * batch; at++) {
      if (gateRow[at] == ABSENT) {
        continue;
      }
      long source = reads[0].valuesOffset(batch) + (long) at * features;
      for (int i = 0; i < x.length; i++) {
        Blocks.copy(x[i], source, room.x[i], (long) count * features, features);
      }
      long before = (long) stateRow[at] * outputs;
      for (int i = 0; i < h.length; i++) {
        Blocks.copy(h[i], before, room.h[i], (long) count * outputs, outputs);
      }
      long gate = (long) gateRow[at] * gateUnits;
      Blocks.copy(states.gates(), gate, room.gates, (long) count * gateUnits, gateUnits);
      if (++count == GradientShare.CHUNK_ROWS) {
        add(none, count, part);
        none = false;
        count = 0;
      }
    }
    if (count > 0) {
      add(none, roundUp(room, count), part);
    } else if (none) {
      cell.clearGradients(part);
    }
  }

  /** Fills up with rows of 0, which add nothing, so that there are few sizes to keep memory for. */
  private int roundUp(Room room, int count) {
    int full = (count + 63) / 64 * 64;
    for (MemorySegment read : room.x) {
      Blocks.clear(read, (long) count * features, (long) (full - count) * features);
    }
    for (MemorySegment before : room.h) {
      Blocks.clear(before, (long) count * outputs, (long) (full - count) * outputs);
    }
    Blocks.clear(room.gates, (long) count * gateUnits, (long) (full - count) * gateUnits);
    return full;
  }

  private void add(boolean first, int count, int part) {
    Room room = rooms[part];
    weightGradients(part, first, count, room.x, 0, room.h, 0, room.gates, 0);
  }

  @Override
  public List<TrainingBlock> states() {
    return ends;
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
  public @Nullable StepMask mask() {
    return returnSequences ? mask : null;
  }
}
