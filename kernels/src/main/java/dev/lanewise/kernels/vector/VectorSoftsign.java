package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = x / (1 + |x|)}, operation for operation as {@code ScalarMath.softsign}. */
public final class VectorSoftsign extends VectorActivation {

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector most = FloatVector.broadcast(FLOAT, Float.MAX_VALUE);
    FloatVector least = most.neg();
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector held = x.blend(most, x.compare(VectorOperators.GT, most));
      held = held.blend(least, held.compare(VectorOperators.LT, least));
      FloatVector y = held.div(held.abs().add(1f));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector rest = one.sub(y.abs());
      FloatVector dx = dy.mul(rest.mul(rest));
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
