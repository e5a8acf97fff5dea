package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Squareplus;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = (x + sqrt(x^2 + 4)) / 2}, operation for operation as {@code ScalarSquareplus}. */
public final class VectorSquareplus extends VectorActivation {

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector middle = FloatVector.broadcast(FLOAT, 0.5f);
    FloatVector four = FloatVector.broadcast(FLOAT, 4f);
    FloatVector limit = FloatVector.broadcast(FLOAT, Squareplus.LIMIT);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector a = x.abs();
      FloatVector root = a.fma(a, four).sqrt().blend(a, a.compare(VectorOperators.GT, limit));
      FloatVector mean = root.fma(middle, a.mul(middle));
      FloatVector y = mean.blend(one.div(mean), x.compare(VectorOperators.LT, 0f));
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
      FloatVector inverse = one.div(y);
      FloatVector dx = dy.div(inverse.fma(inverse, one));
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
