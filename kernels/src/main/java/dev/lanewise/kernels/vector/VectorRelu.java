package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = max(x, 0)}; NaN stays NaN. */
public final class VectorRelu implements ActivationKernel {

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long from = Memory.address(x, xOffset);
    long apart = Memory.address(y, yOffset) - from;
    long end = from + n / Lanes.COUNT * Lanes.BYTES;
    activate(from, end, apart);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      activate(scratch, scratch + Lanes.BYTES, 0);
      Scratch.copy(scratch, end + apart, tail);
    }
  }

  @Override
  public void gradient(
      long n,
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
    slope(from, end, toDy, toDx);
    int tail = (int) (n % Lanes.COUNT);
    if (tail != 0) {
      long scratch = Scratch.address();
      Scratch.copy(end, scratch, tail);
      Scratch.copy(end + toDy, scratch + Lanes.BYTES, tail);
      slope(scratch, scratch + Lanes.BYTES, Lanes.BYTES, 0);
      Scratch.copy(scratch, end + toDx, tail);
    }
  }

  private static void activate(long from, long end, long apart) {
    FloatVector zero = FloatVector.zero(FLOAT);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector y = x.blend(zero, x.compare(VectorOperators.LT, zero));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  private static void slope(long from, long end, long toDy, long toDx) {
    FloatVector zero = FloatVector.zero(FLOAT);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector dx = zero.blend(dy, y.compare(VectorOperators.GT, zero));
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
