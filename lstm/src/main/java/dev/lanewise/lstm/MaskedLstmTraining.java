package dev.lanewise.lstm;

import dev.lanewise.kernels.AddScaled;
import dev.lanewise.kernels.LstmCell;
import dev.lanewise.kernels.Sgemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Lstm} in training on sequences that may have padding: backpropagation through the real
 * steps only. Each thread packs its rows; the weight gradients go over all real steps in the order
 * of time, whoever packed them, and so are the same bits on any number of threads.
 *
 * <p>Rows of gates and states lie packed: those of the rows {@code first} on from row {@code first
 * * steps} of the gates, and from row {@code first * (steps + 1)} of the states, which begin with
 * the state 0.
 */
final class MaskedLstmTraining implements TrainingLayer {
  private static final int ABSENT = -1;

  private final Lstm layer;
  private final int steps;
  private final int features;
  private final int units;
  private final int gateUnits;
  private final LstmCell cell;
  private final TrainingBlock below;
  private final StepMask mask;
  private final LstmWeights weights;
  private final MemorySegment gradients; // the same places as in weights
  private final MemorySegment gates; // packed (steps * batch, 4 * units): after backward dz
  private final MemorySegment c; // packed ((steps + 1) * batch, units)
  private final MemorySegment h; // packed ((steps + 1) * batch, units)
  private final MemorySegment output; // (steps or 1, batch, units)
  private final MemorySegment dOutput; // (steps or 1, batch, units)
  private final int[] gateRow; // (steps, batch): the row in gates, or ABSENT
  private final int[] stateRow; // (steps, batch): the row of the state before
  private final Room[] rooms; // one a thread
  private final GradientShare[] shares;

  /** What one thread works in. */
  private static final class Room {
    final PackedRows packed = new PackedRows();
    final MemorySegment x; // (chunk, features)
    final MemorySegment state; // (chunk, units)
    final MemorySegment dz; // (chunk, 4 * units)
    final MemorySegment dc; // (batch, units)
    final MemorySegment scratch; // (2 * units)

    Room(int batch, int features, int units) {
      Arena arena = Arena.ofAuto();
      long rows = Math.max(GradientShare.CHUNK_ROWS, (long) batch + LstmForward.CHUNK_ROWS);
      x = Blocks.allocate(arena, rows * features);
      state = Blocks.allocate(arena, rows * units);
      dz = Blocks.allocate(arena, (long) GradientShare.CHUNK_ROWS * 4 * units);
      dc = Blocks.allocate(arena, (long) batch * units);
      scratch = Blocks.allocate(arena, 2L * units);
    }
  }

  MaskedLstmTraining(Lstm layer, TrainingPlace place) {
    this.layer = layer;
    this.below = place.below();
    this.mask = Objects.requireNonNull(below.mask());
    this.steps = below.steps();
    this.features = below.width();
    this.units = layer.units();
    this.gateUnits = 4 * units;
    this.cell = new LstmCell(units, layer.activation(), layer.recurrentActivation());
    this.weights = new LstmWeights(layer, place);
    this.gradients = place.gradients();
    Arena arena = Arena.ofAuto();
    int batch = place.batch();
    long state = (long) batch * units;
    this.gates = Blocks.allocate(arena, 4L * steps * state);
    this.c = Blocks.allocate(arena, (steps + 1L) * state);
    this.h = Blocks.allocate(arena, (steps + 1L) * state);
    this.output = Blocks.allocate(arena, steps() * state);
    this.dOutput = Blocks.allocate(arena, steps() * state);
    this.gateRow = new int[Sizes.rows(steps, batch)];
    this.stateRow = new int[steps * batch];
    this.rooms = new Room[place.parts()];
    for (int part = 0; part < rooms.length; part++) {
      rooms[part] = new Room(batch, features, units);
    }
    this.shares = GradientShare.of(gateUnits, place.parts());
  }

  @Override
  public int packs() {
    return weights.packs();
  }

  @Override
  public void pack(int index) {
    weights.pack(index);
  }

  /** The place of a time in a sequence of outputs, which stays in the order of computing. */
  private int place(int time) {
    return layer.goBackwards() ? steps - 1 - time : time;
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
    packed.plan(mask, first, rows, layer.goBackwards());
    long begin = (long) first * (steps + 1) * units;
    Blocks.clear(h, begin, (long) rows * units);
    Blocks.clear(c, begin, (long) rows * units);
    for (int time = 0; time < steps; time++) {
      Arrays.fill(gateRow, time * batch + first, time * batch + first + rows, ABSENT);
    }
    for (int from = 0; from < packed.longest(); ) {
      int to = packed.chunkEnd(from, LstmForward.CHUNK_ROWS);
      gather(packed, from, to, batch, first, rows, room.x);
      int count = packed.offset(to) - packed.offset(from);
      weights.project(count, room.x, 0, gates, gates(packed, first, from) * gateUnits);
      for (int step = from; step < to; step++) {
        long gate = gates(packed, first, step) * gateUnits;
        long before = before(packed, first, rows, step) * units;
        long after = after(packed, first, rows, step) * units;
        int running = packed.running(step);
        cell.forward(
            running, weights.recurrent, h, before, c, before, gates, gate, c, after, h, after);
      }
      from = to;
    }
    emit(packed, batch, first, rows);
  }

  /** Lays the inputs of packed steps one after the other, and notes where their rows are. */
  private void gather(
      PackedRows packed, int from, int to, int batch, int first, int rows, MemorySegment x) {
    long target = 0;
    for (int step = from; step < to; step++) {
      long gate = gates(packed, first, step);
      long before = before(packed, first, rows, step);
      for (int rank = 0; rank < packed.running(step); rank++) {
        int at = packed.time(rank, step) * batch + first + packed.row(rank);
        gateRow[at] = Math.toIntExact(gate + rank);
        stateRow[at] = Math.toIntExact(before + rank);
        long source = below.valuesOffset(batch) + (long) at * features;
        Blocks.copy(below.values(), source, x, target, features);
        target += features;
      }
    }
  }

  /** Puts h where the layer above reads it. */
  private void emit(PackedRows packed, int batch, int first, int rows) {
    for (int step = 0; step < steps(); step++) {
      Blocks.clear(output, ((long) step * batch + first) * units, (long) rows * units);
    }
    for (int step = 0; step < packed.longest(); step++) {
      long after = after(packed, first, rows, step);
      int ended = packed.running(step + 1);
      for (int rank = layer.returnSequences() ? 0 : ended; rank < packed.running(step); rank++) {
        int place = layer.returnSequences() ? place(packed.time(rank, step)) : 0;
        long to = (long) place * batch + first + packed.row(rank);
        Blocks.copy(h, (after + rank) * units, output, to * units, units);
      }
    }
    if (!layer.returnSequences() || layer.zeroOutputForMask()) {
      return;
    }
    for (int place = 1; place < steps; place++) { // a padded step repeats the one before it
      for (int row = first; row < first + rows; row++) {
        if (mask.isPadded(place(place), row)) {
          long to = ((long) place * batch + row) * units;
          Blocks.copy(output, to - (long) batch * units, output, to, units);
        }
      }
    }
  }

  @Override
  public void backward(int batch, int first, int rows, int part) {
    Room room = rooms[part];
    PackedRows packed = room.packed;
    Blocks.clear(room.dc, 0, (long) rows * units);
    for (int time = 0; time < steps && below.wantsGradient(); time++) {
      long at = ((long) time * batch + first) * features;
      Blocks.clear(below.gradient(), at, (long) rows * features);
    }
    for (int step = packed.longest() - 1; step >= 0; step--) {
      int running = packed.running(step);
      collect(packed, step, batch, first, room.state);
      if (step + 1 < packed.longest()) { // dh_{t-1} = dy_{t-1} + dz U^T
        long next = gates(packed, first, step + 1) * gateUnits;
        int left = packed.running(step + 1);
        Sgemm.multiplyAdd(
            left, gates, next, gateUnits, weights.recurrentTransposed, room.state, 0, units);
      }
      long gate = gates(packed, first, step) * gateUnits;
      long before = before(packed, first, rows, step) * units;
      long after = after(packed, first, rows, step) * units;
      cell.backward(
          running, c, before, c, after, room.state, 0, room.dc, 0, gates, gate, room.scratch, 0);
      if (below.wantsGradient()) { // dx = dz W^T
        Sgemm.multiply(
            running, gates, gate, gateUnits, weights.kernelTransposed, room.x, 0, features);
        for (int rank = 0; rank < running; rank++) {
          long to = (long) packed.time(rank, step) * batch + first + packed.row(rank);
          Blocks.copy(room.x, (long) rank * features, below.gradient(), to * features, features);
        }
      }
    }
  }

  /** The gradients of the outputs that show a packed step's h: its own, and those repeating it. */
  private void collect(PackedRows packed, int step, int batch, int first, MemorySegment dh) {
    for (int rank = 0; rank < packed.running(step); rank++) {
      int row = first + packed.row(rank);
      long to = (long) rank * units;
      boolean last = rank >= packed.running(step + 1);
      if (!layer.returnSequences()) {
        if (last) {
          Blocks.copy(dOutput, (long) row * units, dh, to, units);
        } else {
          Blocks.clear(dh, to, units);
        }
        continue;
      }
      int place = place(packed.time(rank, step));
      Blocks.copy(dOutput, ((long) place * batch + row) * units, dh, to, units);
      int end = last ? steps : place(packed.time(rank, step + 1));
      for (int next = place + 1; next < end && !layer.zeroOutputForMask(); next++) {
        AddScaled.apply(units, 1, dOutput, ((long) next * batch + row) * units, dh, to);
      }
    }
  }

  @Override
  public void weightGradients(int batch, int part, int parts) {
    Room room = rooms[part];
    int count = 0;
    boolean none = true;
    for (int at = 0; at < steps * batch; at++) {
      if (gateRow[at] == ABSENT) {
        continue;
      }
      long x = below.valuesOffset(batch) + (long) at * features;
      Blocks.copy(below.values(), x, room.x, (long) count * features, features);
      long before = (long) stateRow[at] * units;
      Blocks.copy(h, before, room.state, (long) count * units, units);
      long gate = (long) gateRow[at] * gateUnits;
      Blocks.copy(gates, gate, room.dz, (long) count * gateUnits, gateUnits);
      if (++count == GradientShare.CHUNK_ROWS) {
        add(none, count, part);
        none = false;
        count = 0;
      }
    }
    if (count > 0) {
      add(none, roundUp(room, count), part);
    } else if (none) {
      shares[part].clear(features, gradients, weights.kernelAt);
      shares[part].clear(units, gradients, weights.recurrentAt);
      if (weights.hasBias()) {
        shares[part].clear(1, gradients, weights.biasAt);
      }
    }
  }

  /** Fills up with rows of 0, which add nothing, so that there are few sizes to keep memory for. */
  private int roundUp(Room room, int count) {
    int full = (count + 63) / 64 * 64;
    Blocks.clear(room.x, (long) count * features, (long) (full - count) * features);
    Blocks.clear(room.state, (long) count * units, (long) (full - count) * units);
    Blocks.clear(room.dz, (long) count * gateUnits, (long) (full - count) * gateUnits);
    return full;
  }

  private void add(boolean first, int count, int part) {
    GradientShare share = shares[part];
    Room room = rooms[part];
    share.pack(count, room.dz, 0);
    share.multiply(first, features, room.x, 0, gradients, weights.kernelAt);
    share.multiply(first, units, room.state, 0, gradients, weights.recurrentAt);
    if (weights.hasBias()) {
      share.sum(first, count, room.dz, 0, gradients, weights.biasAt);
    }
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
    return true;
  }

  @Override
  public MemorySegment gradient() {
    return dOutput;
  }

  @Override
  public @Nullable StepMask mask() {
    return layer.returnSequences() ? mask : null;
  }

  @Override
  public int steps() {
    return layer.returnSequences() ? steps : 1;
  }

  @Override
  public int width() {
    return units;
  }
}
