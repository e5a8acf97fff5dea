package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.AddSignKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * {@code y += alpha * sign(x)}. The sign is x, scaled until the smallest number is beyond 1, held
 * to [-1, 1]: no mask is needed, and 0 and NaN stay.
 */
public final class VectorAddSign implements AddSignKernel {

  /** Twice this takes the smallest float, 2^-149, to 2^105. */
  private static final float LARGE = 0x1p127f;

  @Override
  public void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long from = Memory.address(x, xOffset);
    long toY = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, alpha, toY);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toY, scratch + Lanes.BYTES, tail);
      whole(scratch, scratch + Lanes.BYTES, alpha, Lanes.BYTES);
      Scratch.copy(scratch + Lanes.BYTES, end + toY, tail);
    }
  }

  /**
   * Whole vectors, from one address to another; the other operands lie that many bytes from the
   * first.
   */
  private static void whole(long from, long end, float alpha, long toY) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector sum =
          FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
              .mul(LARGE)
              .mul(LARGE)
              .min(1f)
              .max(-1f)
              .fma(
                  FloatVector.broadcast(FLOAT, alpha),
                  FloatVector.fromMemorySegment(FLOAT, ALL, (at + toY) & MASK, ORDER));
      sum.intoMemorySegment(ALL, (at + toY) & MASK, ORDER);
    }
  }
}
