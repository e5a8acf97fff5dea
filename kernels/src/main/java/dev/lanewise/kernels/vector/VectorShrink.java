package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = 0} where {@code |x| <= threshold}, else x nearer to 0 by a shift; NaN stays NaN. */
public final class VectorShrink extends VectorActivation {

  private final float threshold;
  private final float shift;

  /** With the largest |x| that gives 0, and what is taken from the others. */
  public VectorShrink(float threshold, float shift) {
    this.threshold = threshold;
    this.shift = shift;
  }

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector least = FloatVector.broadcast(FLOAT, threshold);
    FloatVector toZero = FloatVector.broadcast(FLOAT, shift);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector nearer = x.sub(toZero).blend(x.add(toZero), x.compare(VectorOperators.LT, zero));
      FloatVector y = nearer.blend(zero, x.abs().compare(VectorOperators.LE, least));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector dx = dy.blend(zero, y.compare(VectorOperators.EQ, zero));
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
