package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@code y = clip(x, low, high)}; NaN stays NaN. */
public final class VectorClamp extends VectorActivation {

  private final float low;
  private final float high;

  /** With both limits. */
  public VectorClamp(float low, float high) {
    this.low = low;
    this.high = high;
  }

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector least = FloatVector.broadcast(FLOAT, low);
    FloatVector most = FloatVector.broadcast(FLOAT, high);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector below = x.blend(most, x.compare(VectorOperators.GT, most));
      FloatVector y = below.blend(least, x.compare(VectorOperators.LT, least));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector least = FloatVector.broadcast(FLOAT, low);
    FloatVector most = FloatVector.broadcast(FLOAT, high);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      VectorMask<Float> inside =
          y.compare(VectorOperators.GT, least).and(y.compare(VectorOperators.LT, most));
      FloatVector dx = zero.blend(dy, inside);
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
