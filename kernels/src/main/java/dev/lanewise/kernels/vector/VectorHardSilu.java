package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = x * clip(x / 6 + 0.5, 0, 1)}; NaN stays NaN. */
public final class VectorHardSilu extends VectorActivation {

  private static final float SLOPE = 1f / 6f;

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector middle = FloatVector.broadcast(FLOAT, 0.5f);
    FloatVector steep = FloatVector.broadcast(FLOAT, SLOPE);
    FloatVector lowest = FloatVector.broadcast(FLOAT, -4f);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector held = x.blend(lowest, x.compare(VectorOperators.LT, lowest));
      FloatVector line = held.fma(steep, middle);
      FloatVector below = line.blend(one, line.compare(VectorOperators.GT, one));
      FloatVector y = held.mul(below.blend(zero, below.compare(VectorOperators.LT, zero)));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector middle = FloatVector.broadcast(FLOAT, 0.5f);
    FloatVector steep = FloatVector.broadcast(FLOAT, SLOPE);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector line = x.fma(steep, middle);
      FloatVector factor =
          x.fma(steep.add(steep), middle)
              .blend(one, line.compare(VectorOperators.GE, one))
              .blend(zero, line.compare(VectorOperators.LE, zero));
      FloatVector dx = dy.mul(factor);
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
