package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.MomentumKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code v = momentum * v - rate * g; w += v}, and Nesterov's. */
public final class VectorMomentum implements MomentumKernel {

  @Override
  public void apply(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    long from = Memory.address(g, gOffset);
    long toV = Memory.address(v, vOffset) - from;
    long toW = Memory.address(w, wOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    whole(from, end, rate, momentum, toV, toW);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toV, scratch + Lanes.BYTES, tail);
      Scratch.copy(end + toW, scratch + 2 * Lanes.BYTES, tail);
      whole(scratch, scratch + Lanes.BYTES, rate, momentum, Lanes.BYTES, 2 * Lanes.BYTES);
      Scratch.copy(scratch + Lanes.BYTES, end + toV, tail);
      Scratch.copy(scratch + 2 * Lanes.BYTES, end + toW, tail);
    }
  }

  @Override
  public void nesterov(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    long from = Memory.address(g, gOffset);
    long toV = Memory.address(v, vOffset) - from;
    long toW = Memory.address(w, wOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    ahead(from, end, rate, momentum, toV, toW);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toV, scratch + Lanes.BYTES, tail);
      Scratch.copy(end + toW, scratch + 2 * Lanes.BYTES, tail);
      ahead(scratch, scratch + Lanes.BYTES, rate, momentum, Lanes.BYTES, 2 * Lanes.BYTES);
      Scratch.copy(scratch + Lanes.BYTES, end + toV, tail);
      Scratch.copy(scratch + 2 * Lanes.BYTES, end + toW, tail);
    }
  }

  /**
   * Whole vectors, from one address to another; the other operands lie that many bytes from the
   * first.
   */
  private static void whole(long from, long end, float rate, float momentum, long toV, long toW) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector step = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER).mul(rate);
      FloatVector next =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toV) & MASK, ORDER)
              .mul(momentum)
              .sub(step);
      next.intoMemorySegment(ALL, (at + toV) & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, (at + toW) & MASK, ORDER)
          .add(next)
          .intoMemorySegment(ALL, (at + toW) & MASK, ORDER);
    }
  }

  private static void ahead(long from, long end, float rate, float momentum, long toV, long toW) {
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector step = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER).mul(rate);
      FloatVector next =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toV) & MASK, ORDER)
              .mul(momentum)
              .sub(step);
      next.intoMemorySegment(ALL, (at + toV) & MASK, ORDER);
      FloatVector.fromMemorySegment(FLOAT, ALL, (at + toW) & MASK, ORDER)
          .add(next.mul(momentum).sub(step))
          .intoMemorySegment(ALL, (at + toW) & MASK, ORDER);
    }
  }
}
