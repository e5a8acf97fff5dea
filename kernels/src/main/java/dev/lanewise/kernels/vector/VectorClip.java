package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.ClipKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@code y = min(max(x, -limit), limit)}, and its gradient. */
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

  @Override
  public void gradient(
      long n,
      float limit,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    long from = Memory.address(y, yOffset);
    long toDy = Memory.address(dy, dyOffset) - from;
    long toDx = Memory.address(dx, dxOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    slope(from, end, limit, toDy, toDx);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toDy, scratch + Lanes.BYTES, tail);
      slope(scratch, scratch + Lanes.BYTES, limit, Lanes.BYTES, 0);
      Scratch.copy(scratch, end + toDx, tail);
    }
  }

  /** Whole vectors, from one address of y to another; dy and dx lie that many bytes from it. */
  private static void slope(long from, long end, float limit, long toDy, long toDx) {
    FloatVector zero = FloatVector.zero(FLOAT);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      VectorMask<Float> within =
          y.compare(VectorOperators.GT, -limit).and(y.compare(VectorOperators.LT, limit));
      zero.blend(dy, within).intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
