package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Exponential;
import dev.lanewise.kernels.contract.Logarithm;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = sign * ln(1 + e^(sign * x))}, operation for operation as {@code ScalarSoftplus}. */
public final class VectorSoftplus extends VectorActivation {

  private final float sign;

  /** With 1 for softplus, -1 for the logarithm of the sigmoid. */
  public VectorSoftplus(float sign) {
    this.sign = sign;
  }

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector lowest = FloatVector.broadcast(FLOAT, Exponential.LOW);
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
    FloatVector c0 = FloatVector.broadcast(FLOAT, Logarithm.C0);
    FloatVector c1 = FloatVector.broadcast(FLOAT, Logarithm.C1);
    FloatVector c2 = FloatVector.broadcast(FLOAT, Logarithm.C2);
    FloatVector c3 = FloatVector.broadcast(FLOAT, Logarithm.C3);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector below = x.abs().neg();
      FloatVector held = below.blend(lowest, below.compare(VectorOperators.LT, lowest));
      FloatVector shifted = held.fma(log2e, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(ln2Low, n.fma(ln2High, held));
      FloatVector p = p0.fma(r, p1).fma(r, p2).fma(r, p3).fma(r, p4).fma(r, p5);
      FloatVector q = p.fma(r.mul(r), r);
      IntVector whole = shifted.reinterpretAsInts().sub(Exponential.ROUNDER_BITS);
      IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
      IntVector rest = whole.sub(half);
      FloatVector s =
          half.lanewise(VectorOperators.LSHL, 23).add(Exponential.ONE_BITS).reinterpretAsFloats();
      FloatVector t =
          rest.lanewise(VectorOperators.LSHL, 23).add(Exponential.ONE_BITS).reinterpretAsFloats();
      FloatVector e = q.add(1f).mul(s).mul(t);
      FloatVector d = e.add(e).div(e.add(2f));
      FloatVector w = d.mul(d);
      FloatVector c = c3.fma(w, c2).fma(w, c1).fma(w, c0);
      FloatVector signed = x.mul(sign);
      FloatVector above = zero.blend(signed, signed.compare(VectorOperators.GT, zero));
      FloatVector y = above.add(d.mul(w).fma(c, d)).mul(sign);
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
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
      FloatVector y = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector below = y.abs().neg();
      FloatVector held = below.blend(lowest, below.compare(VectorOperators.LT, lowest));
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
      FloatVector dx = dy.mul(s.fma(q, s.sub(one)).neg());
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
