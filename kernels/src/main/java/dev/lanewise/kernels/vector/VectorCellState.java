package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.CellStateKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code c = f * cPrevious + i * g}. */
public final class VectorCellState implements CellStateKernel {

  @Override
  public void apply(
      long n,
      MemorySegment f,
      long fOffset,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment i,
      long iOffset,
      MemorySegment g,
      long gOffset,
      MemorySegment c,
      long cOffset) {
    long from = Memory.address(f, fOffset);
    long toPrevious = Memory.address(cPrevious, cPreviousOffset) - from;
    long toI = Memory.address(i, iOffset) - from;
    long toG = Memory.address(g, gOffset) - from;
    long toC = Memory.address(c, cOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, toPrevious, toI, toG, toC);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toPrevious, scratch + Lanes.BYTES, tail);
      Scratch.copy(end + toI, scratch + 2 * Lanes.BYTES, tail);
      Scratch.copy(end + toG, scratch + 3 * Lanes.BYTES, tail);
      Scratch.copy(end + toC, scratch + 4 * Lanes.BYTES, tail);
      whole(
          scratch,
          scratch + Lanes.BYTES,
          Lanes.BYTES,
          2 * Lanes.BYTES,
          3 * Lanes.BYTES,
          4 * Lanes.BYTES);
      Scratch.copy(scratch + 4 * Lanes.BYTES, end + toC, tail);
    }
  }

  /**
   * Whole vectors, from one address to another; the other operands lie that many bytes from the
   * first.
   */
  private static void whole(long from, long end, long toPrevious, long toI, long toG, long toC) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector added =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toI) & MASK, ORDER)
              .mul(FloatVector.fromMemorySegment(FLOAT, ALL, (at + toG) & MASK, ORDER));
      FloatVector kept = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toPrevious) & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
          .fma(kept, added)
          .intoMemorySegment(ALL, (at + toC) & MASK, ORDER);
    }
  }
}
