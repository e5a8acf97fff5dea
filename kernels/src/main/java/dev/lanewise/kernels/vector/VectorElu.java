package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Exponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@code y = scale * x} above 0, {@code scale * alpha * (e^x - 1)} below, operation for operation
 * as {@code ScalarElu}.
 */
public final class VectorElu extends VectorActivation {

  private final float scale;
  private final float low; // scale * alpha

  /** With the slope above 0 and the distance of the lower limit. */
  public VectorElu(float scale, float low) {
    this.scale = scale;
    this.low = low;
  }

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector lowest = FloatVector.broadcast(FLOAT, -Exponential.GATE_LIMIT);
    FloatVector log2e = FloatVector.broadcast(FLOAT, Exponential.LOG2_E);
    FloatVector rounder = FloatVector.broadcast(FLOAT, Exponential.ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(FLOAT, -Exponential.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(FLOAT, -Exponential.LN2_LOW);
    FloatVector p0 = FloatVector.broadcast(FLOAT, Exponential.P0);
    FloatVector p1 = FloatVector.broadcast(FLOAT, Exponential.P1);
    FloatVector p2 = FloatVector.broadcast(FLOAT, Exponential.P2);
    FloatVector p3 = FloatVector.broadcast(FLOAT, Exponential.P3);
    FloatVector p4 = FloatVector.broadcast(FLOAT, Exponential.P4);
    FloatVector p5 = FloatVector.broadcast(FLOAT, Exponential.P5);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector held = x.blend(lowest, x.compare(VectorOperators.LT, lowest));
      FloatVector shifted = held.fma(log2e, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(ln2Low, n.fma(ln2High, held));
      FloatVector p = p0.fma(r, p1).fma(r, p2).fma(r, p3).fma(r, p4).fma(r, p5);
      FloatVector q = p.fma(r.mul(r), r);
      FloatVector s =
          shifted
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(Exponential.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector below = s.fma(q, s.sub(1f)).mul(low);
      FloatVector y = below.blend(x.mul(scale), x.compare(VectorOperators.GT, 0f));
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector steep = FloatVector.broadcast(FLOAT, scale);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector factor = y.add(low).blend(steep, y.compare(VectorOperators.GT, 0f));
      FloatVector dx = dy.mul(factor);
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
