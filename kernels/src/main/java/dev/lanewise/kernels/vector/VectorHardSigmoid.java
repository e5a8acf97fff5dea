package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@code y = clip(slope * x + 0.5, 0, 1)}; NaN stays NaN. */
public final class VectorHardSigmoid extends VectorActivation {

  private final float slope;

  /** With the slope of the line between the clips. */
  public VectorHardSigmoid(float slope) {
    this.slope = slope;
  }

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector middle = FloatVector.broadcast(FLOAT, 0.5f);
    FloatVector steep = FloatVector.broadcast(FLOAT, slope);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector line = x.fma(steep, middle);
      FloatVector below = line.blend(one, line.compare(VectorOperators.GT, one));
      FloatVector y = below.blend(zero, below.compare(VectorOperators.LT, zero));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      VectorMask<Float> inside =
          y.compare(VectorOperators.GT, zero).and(y.compare(VectorOperators.LT, one));
      FloatVector dx = zero.blend(dy.mul(slope), inside);
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
