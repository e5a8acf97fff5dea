package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = max(x, 0) + slope * min(x, 0)}; NaN stays NaN. */
public final class VectorLeakyRelu extends VectorActivation {

  private final float slope;

  /** With the slope below 0. */
  public VectorLeakyRelu(float slope) {
    this.slope = slope;
  }

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector y = x.blend(x.mul(slope), x.compare(VectorOperators.LT, 0f));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector dx = dy.mul(slope).blend(dy, y.compare(VectorOperators.GT, 0f));
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
