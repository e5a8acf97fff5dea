package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.ScaleKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code y = alpha * x}. */
public final class VectorScale implements ScaleKernel {

  @Override
  public void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long from = Memory.address(x, xOffset);
    long apart = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, alpha, apart);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      whole(scratch, scratch + Lanes.BYTES, alpha, 0);
      Scratch.copy(scratch, end + apart, tail);
    }
  }

  /** Whole vectors, from one address to another; y lies {@code apart} bytes from x. */
  private static void whole(long from, long end, float alpha, long apart) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
          .mul(alpha)
          .intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }
}
