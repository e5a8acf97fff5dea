package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.ClipKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code y = min(max(x, -limit), limit)}. */
public final class VectorClip implements ClipKernel {

  @Override
  public void apply(
      long n, float limit, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long from = Memory.address(x, xOffset);
    long apart = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, limit, apart);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      whole(scratch, scratch + Lanes.BYTES, limit, 0);
      Scratch.copy(scratch, end + apart, tail);
    }
  }

  /** Whole vectors, from one address to another; y lies {@code apart} bytes from x. */
  private static void whole(long from, long end, float limit, long apart) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
          .max(-limit)
          .min(limit)
          .intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }
}
