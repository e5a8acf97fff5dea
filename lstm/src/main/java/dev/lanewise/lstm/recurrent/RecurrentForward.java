package dev.lanewise.lstm.recurrent;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.LayerWeights;
import dev.lanewise.lstm.memory.StepMask;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.run.ForwardLayer;
import dev.lanewise.lstm.run.HeldStates;
import dev.lanewise.lstm.run.LayerScratch;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a recurrent layer over time, in prediction and in streams: whole sequences or single
 * steps, in either direction, with padding or without, alone or with the units shared out.
 *
 * <p>Scratch: c (rows, units), h twice (rows, outputs), h and c of the rows that have ended where
 * there is padding, the gates of a chunk of steps (chunk, rows, the cell's gates), and with
 * returnSequences the output (steps, rows, outputs).
 */
public final class RecurrentForward implements ForwardLayer {
  /** Rows that x W takes at once: enough to reuse each weight, few enough that they stay in L2. */
  static final int CHUNK_ROWS = 128;

  /**
   * Multiply-adds of a step from which sharing out many of them pays: threads that are at it await
   * each other after each for a fifth of a microsecond, or one where they are far apart.
   */
  private static final long SHARED_WORK = 1L << 16;

  /**
   * The same of one step alone, which pays for telling the others and awaiting them, one to two
   * microseconds.
   */
  private static final long SHARED_CALL = 1L << 17;

  /** In place of an offset: each step's h goes to the one of its two places that is free. */
  private static final long TWO_PLACES = -1;

  /** Bytes of the cache that a core has for itself, as most have. */
  private static final long OWN_CACHE = 1L << 20;

  private final int features;
  private final int units; // width of c
  private final int outputs; // width of h
  private final long gates; // of a row
  private final boolean returnSequences;
  private final boolean goBackwards;
  private final boolean zeroOutputForMask;
  private final ForwardCell cell;
  private final int phases;
  private final @Nullable InitialState learned; // where a call begins from no other; null for 0

  /** Of a layer whose states begin from 0, unless a call is told others. */
  RecurrentForward(Walk walk, int features, ForwardCell cell) {
    this(walk, features, cell, (InitialState) null);
  }

  /** Of a layer with these weights, some of which may be the states to begin from. */
  public RecurrentForward(Walk walk, int features, ForwardCell cell, LayerWeights weights) {
    this(walk, features, cell, InitialState.of(weights, cell));
  }

  private RecurrentForward(
      Walk walk, int features, ForwardCell cell, @Nullable InitialState learned) {
    this.features = features;
    this.units = cell.units;
    this.outputs = cell.outputs;
    this.gates = cell.gates;
    this.returnSequences = walk.returnSequences();
    this.goBackwards = walk.goBackwards();
    this.zeroOutputForMask = walk.zeroOutputForMask();
    this.cell = cell;
    this.phases = cell.phases();
    this.learned = learned;
  }

  /** How many steps x W takes at once. */
  static int chunk(int steps, int rows) {
    return Math.clamp((CHUNK_ROWS + rows - 1L) / Math.max(1, rows), 1, steps);
  }

  /** Room for c, and for h, which is no wider. */
  private long block(int rows) {
    return Blocks.align((long) rows * units);
  }

  private long endedH(int rows) {
    return 3 * block(rows);
  }

  private long endedC(int rows) {
    return 4 * block(rows);
  }

  private long gatesOffset(int rows) {
    return 5 * block(rows);
  }

  /** The rows of gates that there is room for: never less than a chunk's. */
  private static long chunkRows(int steps, int rows) {
    return steps == 1 ? rows : (long) rows + CHUNK_ROWS;
  }

  private long outputOffset(int steps, int rows) {
    return gatesOffset(rows) + Blocks.align(chunkRows(steps, rows) * gates);
  }

  @Override
  public long scratchSize(int steps, int rows) {
    return outputOffset(steps, rows) + (returnSequences ? (long) steps * rows * outputs : 0);
  }

  @Override
  public long forward(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    RecurrentScratch own = RecurrentScratch.of(scratch);
    own.masked = false;
    if (mask.isPresent()) {
      own.packed.plan(mask, 0, rows, goBackwards);
      if (!own.packed.isFull()) {
        own.masked = true;
        return masked(steps, rows, in, inOffset, scratch, mask);
      }
    }
    return dense(steps, rows, in, inOffset, scratch);
  }

  private long dense(int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch) {
    MemorySegment memory = scratch.memory;
    long block = block(rows);
    long out = returnSequences ? outputOffset(steps, rows) : TWO_PLACES;
    if (!initial(rows, scratch, block, 0)) {
      Blocks.clear(memory, 0, 2 * block); // c and the first h
    }
    run(steps, rows, in, inOffset, scratch, false, out);
    return returnSequences ? out : stateOffset(rows, steps % 2 != 0);
  }

  @Override
  public void begin(@Nullable HeldStates from, LayerScratch scratch) {
    RecurrentScratch.of(scratch).initial = from;
  }

  /** Lays the states that a call begins from, in the rows' own order; false where that is 0. */
  private boolean initial(int rows, LayerScratch scratch, long h, long c) {
    HeldStates from = RecurrentScratch.of(scratch).initial;
    if (from == null) {
      return learned(rows, scratch, h, c);
    }
    HeldStates into = states(rows, scratch, h, c);
    into.h().getFirst().copyFrom(from.h().getFirst());
    if (cell.keepsC()) {
      into.c().getFirst().copyFrom(from.c().getFirst());
    }
    return true;
  }

  /** The same where the call is told none. */
  private boolean learned(int rows, LayerScratch scratch, long h, long c) {
    if (learned == null) {
      return false;
    }
    learned.lay(rows, scratch.memory, h, c);
    return true;
  }

  @Override
  public void beginSteps(int rows, LayerScratch scratch) {
    boolean _ = learned(rows, scratch, stateOffset(rows, false), 0);
  }

  /** From the states in the rows' own order, those of the first step in that of their ranks. */
  private void rank(PackedRows packed, int rows, MemorySegment memory) {
    for (int rank = 0; rank < rows; rank++) {
      long from = packed.row(rank);
      long to = rank;
      long h = block(rows) + to * outputs;
      Blocks.copy(memory, endedH(rows) + from * outputs, memory, h, outputs);
      Blocks.copy(memory, endedC(rows) + from * units, memory, to * units, units);
    }
  }

  /** Steps without padding, from the state in the scratch: {@link #step}s, by a team if it pays. */
  private void run(
      int steps,
      int rows,
      MemorySegment in,
      long inOffset,
      LayerScratch scratch,
      boolean odd,
      long out) {
    MemorySegment memory = scratch.memory;
    SharedSteps shares = sharesSteps(steps, rows) ? shares(scratch) : null;
    if (shares != null) {
      shares.run(steps, rows, in, inOffset, memory, odd, out);
    } else {
      for (int turn = 0; turn < steps * phases; turn++) {
        turn(turn, steps, rows, in, inOffset, memory, odd, out, cell);
      }
    }
  }

  /**
   * A phase of a step without padding, of the units in a part of the cell; x W of a chunk of steps
   * goes before the first of them.
   *
   * @param turn the phases before it, from the first step on
   * @param inOffset in elements
   * @param odd in which of its two places the first step finds h
   * @param out where the steps' h go, in elements, or {@link #TWO_PLACES}
   */
  void turn(
      int turn,
      int steps,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment memory,
      boolean odd,
      long out,
      ForwardCell part) {
    int step = phases == 1 ? turn : turn / phases; // a division takes as long as a few lines here
    int phase = turn - step * phases;
    int chunk = chunk(steps, rows);
    int index = step % chunk;
    int count = Math.min(chunk, steps - step + index);
    long gate = gatesOffset(rows);
    if (index == 0 && phase == 0) {
      int time = goBackwards ? steps - step - count : step;
      long x = inOffset + (long) time * rows * features;
      part.project(count * rows, in, x, memory, gate);
    }
    gate += (long) (goBackwards ? count - 1 - index : index) * rows * gates;
    boolean turned = odd ^ step % 2 != 0;
    long size = (long) rows * outputs;
    long h = out < 0 || step == 0 ? stateOffset(rows, turned) : out + (step - 1) * size;
    long next = out < 0 ? stateOffset(rows, !turned) : out + step * size;
    part.step(phase, rows, memory, h, 0, gate, next);
  }

  /** What shares the steps' units out, where there is a team. */
  private @Nullable SharedSteps shares(LayerScratch scratch) {
    Workers team = scratch.team();
    return team == null ? null : RecurrentScratch.of(scratch).shares(this, team, cell);
  }

  /** The same over the rows without their padding. */
  private long masked(
      int steps, int rows, MemorySegment in, long inOffset, LayerScratch scratch, StepMask mask) {
    MemorySegment memory = scratch.memory;
    PackedRows packed = RecurrentScratch.of(scratch).packed;
    MemorySegment x = scratch.room(chunkRows(steps, rows) * features);
    long block = block(rows);
    long out = outputOffset(steps, rows);
    if (initial(rows, scratch, endedH(rows), endedC(rows))) { // in which rows all padding end
      rank(packed, rows, memory);
    } else {
      Blocks.clear(memory, 0, 2 * block); // c and the first h
      Blocks.clear(memory, endedH(rows), 2 * block);
    }
    long h = block;
    for (int first = 0; first < packed.longest(); ) {
      int end = packed.chunkEnd(first, CHUNK_ROWS);
      gather(packed, first, end, rows, in, inOffset, x);
      long gate = gatesOffset(rows);
      int count = packed.offset(end) - packed.offset(first);
      cell.project(count, x, 0, memory, gate);
      for (int step = first; step < end; step++) {
        int running = packed.running(step);
        long next = 3 * block - h;
        step(running, memory, h, 0, gate, next);
        if (returnSequences) {
          scatter(packed, step, steps, rows, memory, next, out);
        }
        keepEnded(packed, step, rows, memory, next);
        gate += running * gates;
        h = next;
      }
      first = end;
    }
    if (returnSequences) {
      fillPadding(steps, rows, memory, out, mask);
    }
    return returnSequences ? out : endedH(rows);
  }

  /** Lays the inputs of packed steps one after the other. */
  private void gather(
      PackedRows packed,
      int first,
      int end,
      int rows,
      MemorySegment in,
      long inOffset,
      MemorySegment x) {
    long to = 0;
    for (int step = first; step < end; step++) {
      for (int rank = 0; rank < packed.running(step); rank++) {
        long from = (long) packed.time(rank, step) * rows + packed.row(rank);
        Blocks.copy(in, inOffset + from * features, x, to, features);
        to += features;
      }
    }
  }

  /** The place of a time in a sequence of outputs, which stays in the order of computing. */
  private int place(int time, int steps) {
    return goBackwards ? steps - 1 - time : time;
  }

  private void scatter(
      PackedRows packed, int step, int steps, int rows, MemorySegment memory, long h, long out) {
    for (int rank = 0; rank < packed.running(step); rank++) {
      long to = (long) place(packed.time(rank, step), steps) * rows + packed.row(rank);
      Blocks.copy(memory, h + (long) rank * outputs, memory, out + to * outputs, outputs);
    }
  }

  /** Puts the state of the rows whose last step this was aside, in the rows' own order. */
  private void keepEnded(PackedRows packed, int step, int rows, MemorySegment memory, long h) {
    for (int rank = packed.running(step + 1); rank < packed.running(step); rank++) {
      long from = rank;
      long to = packed.row(rank);
      Blocks.copy(memory, h + from * outputs, memory, endedH(rows) + to * outputs, outputs);
      Blocks.copy(memory, from * units, memory, endedC(rows) + to * units, units);
    }
  }

  /** A padded step's output is the one before it, 0 where there is none or as the layer asks. */
  private void fillPadding(int steps, int rows, MemorySegment memory, long out, StepMask mask) {
    for (int place = 0; place < steps; place++) {
      int time = place(place, steps); // its own inverse
      for (int row = 0; row < rows; row++) {
        if (mask.isPadded(time, row)) {
          long to = out + ((long) place * rows + row) * outputs;
          if (place == 0 || zeroOutputForMask) {
            Blocks.clear(memory, to, outputs);
          } else {
            Blocks.copy(memory, to - (long) rows * outputs, memory, to, outputs);
          }
        }
      }
    }
  }

  @Override
  public long step(
      int rows, MemorySegment in, long inOffset, boolean odd, LayerScratch scratch, StepMask mask) {
    MemorySegment memory = scratch.memory;
    long from = stateOffset(rows, odd);
    long to = stateOffset(rows, !odd);
    long gate = gatesOffset(rows);
    if (!mask.isPresent()) {
      run(1, rows, in, inOffset, scratch, odd, TWO_PLACES);
      return to;
    }
    cell.project(rows, in, inOffset, memory, gate);
    int first = 0;
    while (first < rows) { // runs of rows with or without padding
      boolean padded = mask.isPadded(0, first);
      int end = first + 1;
      while (end < rows && mask.isPadded(0, end) == padded) {
        end++;
      }
      long h = (long) first * outputs;
      if (padded) {
        Blocks.copy(memory, from + h, memory, to + h, (long) (end - first) * outputs);
      } else {
        long z = gate + first * gates;
        step(end - first, memory, from + h, (long) first * units, z, to + h);
      }
      first = end;
    }
    return zeroOutputForMask && returnSequences ? zeroed(rows, memory, to, mask) : to;
  }

  /** The output of a step, apart from the state: 0 for rows that are padding. */
  private long zeroed(int rows, MemorySegment memory, long h, StepMask mask) {
    long room = outputOffset(1, rows);
    for (int row = 0; row < rows; row++) {
      long at = (long) row * outputs;
      if (mask.isPadded(0, row)) {
        Blocks.clear(memory, room + at, outputs);
      } else {
        Blocks.copy(memory, h + at, memory, room + at, outputs);
      }
    }
    return room;
  }

  /** Where h lies before a {@link #step}, in elements; c is at 0. */
  long stateOffset(int rows, boolean odd) {
    return odd ? 2 * block(rows) : block(rows);
  }

  @Override
  public HeldStates finalStates(int steps, int rows, LayerScratch scratch) {
    boolean masked = RecurrentScratch.of(scratch).masked;
    long h =
        masked
            ? endedH(rows)
            : returnSequences
                ? outputOffset(steps, rows) + (steps - 1L) * rows * outputs
                : stateOffset(rows, steps % 2 != 0); // the two take turns
    return states(rows, scratch, h, masked ? endedC(rows) : 0);
  }

  @Override
  public HeldStates stepStates(int rows, boolean odd, LayerScratch scratch) {
    return states(rows, scratch, stateOffset(rows, odd), 0);
  }

  private HeldStates states(int rows, LayerScratch scratch, long h, long c) {
    List<Tensor> kept = cell.keepsC() ? List.of(state(rows, scratch, c, units)) : List.of();
    return new HeldStates(List.of(state(rows, scratch, h, outputs)), kept);
  }

  private static Tensor state(int rows, LayerScratch scratch, long offset, int width) {
    long bytes = (long) rows * width * Float.BYTES;
    return Tensor.wrap(scratch.memory.asSlice(offset * Float.BYTES, bytes), rows, width);
  }

  /** All phases of a step of rows that lie one after the other, on this thread. */
  private void step(int rows, MemorySegment memory, long h, long c, long gate, long next) {
    for (int phase = 0; phase < phases; phase++) {
      cell.step(phase, rows, memory, h, c, gate, next);
    }
  }

  @Override
  public long work() {
    return cell.work();
  }

  @Override
  public boolean sharesSteps(int steps, int rows) {
    return rows * work() >= (steps == 1 ? SHARED_CALL : SHARED_WORK);
  }

  @Override
  public long workOfLargeWeights() {
    return cell.recurrentBytes() < OWN_CACHE ? 0 : work();
  }

  @Override
  public long weightBytes() {
    return cell.weightBytes() + (learned == null ? 0 : learned.bytes());
  }
}
