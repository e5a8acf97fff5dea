package dev.lanewise.lstm.recurrent;

import java.lang.foreign.MemorySegment;

/**
 * What a recurrent layer computes in one timestep, with its weights packed. It knows no time, no
 * mask and no direction: {@link RecurrentForward} walks over them.
 *
 * <p>A row is a sequence. Rows of inputs, of states and of {@link #gates} are dense, offsets in
 * elements. Immutable, thread-safe; allocates nothing in a step.
 */
public abstract class ForwardCell {
  final int units; // width of c
  final int outputs; // width of h
  final long gates; // elements that a row of a step works in

  ForwardCell(int units, long gates) {
    this(units, units, gates);
  }

  ForwardCell(int units, int outputs, long gates) {
    this.units = units;
    this.outputs = outputs;
    this.gates = gates;
  }

  /** Whether it has a state c beside h. A step changes c in place. */
  boolean keepsC() {
    return false;
  }

  /**
   * The parts of a step. One begins when all of a batch's units have come through the one before.
   */
  int phases() {
    return 1;
  }

  /** The same cell for some of its units: the parts are disjoint, and together are the whole. */
  abstract ForwardCell part(int part, int parts);

  /**
   * What a step needs of its input, for the units of this part: for the LSTM {@code b + x W}.
   *
   * @param x (rows, features). Not modified.
   * @param memory (rows, gates) from {@code gate} on. Overwritten.
   */
  abstract void project(int rows, MemorySegment x, long xOffset, MemorySegment memory, long gate);

  /**
   * A phase of a step, for the units of this part.
   *
   * @param memory holds h_{t-1} (rows, outputs) from {@code h} on, c (rows, units) from {@code c}
   *     on, what {@link #project} left from {@code gate} on. Of it h_t (rows, outputs) from {@code
   *     next} on is overwritten, and c becomes c_t
   */
  abstract void step(
      int phase, int rows, MemorySegment memory, long h, long c, long gate, long next);

  /** The multiply-adds of a row. */
  abstract long work();

  /** The bytes of the packed weights that every step reads again. */
  abstract long recurrentBytes();

  /** The bytes of all packed or copied weights. */
  abstract long weightBytes();
}
