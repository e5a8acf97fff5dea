package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.MaximumKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code y = max(a, b)}. */
public final class VectorMaximum implements MaximumKernel {

  @Override
  public void apply(
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    long from = Memory.address(a, aOffset);
    long toB = Memory.address(b, bOffset) - from;
    long toY = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, toB, toY);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toB, scratch + Lanes.BYTES, tail);
      Scratch.copy(end + toY, scratch + 2 * Lanes.BYTES, tail);
      whole(scratch, scratch + Lanes.BYTES, Lanes.BYTES, 2 * Lanes.BYTES);
      Scratch.copy(scratch + 2 * Lanes.BYTES, end + toY, tail);
    }
  }

  /**
   * Whole vectors, from one address to another; the other operands lie that many bytes from the
   * first.
   */
  private static void whole(long from, long end, long toB, long toY) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
          .max(FloatVector.fromMemorySegment(FLOAT, ALL, (at + toB) & MASK, ORDER))
          .intoMemorySegment(ALL, (at + toY) & MASK, ORDER);
    }
  }
}
