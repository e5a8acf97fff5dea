package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Exponential;
import dev.lanewise.kernels.contract.TanhShrink;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = x - tanh(x)}, operation for operation as {@code ScalarTanhShrink}. */
public final class VectorTanhShrink extends VectorActivation {

  @Override
  void activate(long from, long end, long apart) {
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
    FloatVector c0 = FloatVector.broadcast(FLOAT, TanhShrink.C0);
    FloatVector c1 = FloatVector.broadcast(FLOAT, TanhShrink.C1);
    FloatVector c2 = FloatVector.broadcast(FLOAT, TanhShrink.C2);
    FloatVector c3 = FloatVector.broadcast(FLOAT, TanhShrink.C3);
    FloatVector c4 = FloatVector.broadcast(FLOAT, TanhShrink.C4);
    FloatVector c5 = FloatVector.broadcast(FLOAT, TanhShrink.C5);
    FloatVector c6 = FloatVector.broadcast(FLOAT, TanhShrink.C6);
    FloatVector c7 = FloatVector.broadcast(FLOAT, TanhShrink.C7);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector a = x.abs();
      FloatVector twice = a.mul(-2f);
      FloatVector held = twice.blend(lowest, twice.compare(VectorOperators.LT, lowest));
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
      FloatVector e = q.add(one).mul(s);
      FloatVector far = e.add(e).div(e.add(one)).add(a.sub(one));
      FloatVector u = a.mul(a);
      FloatVector c =
          c7.fma(u, c6).fma(u, c5).fma(u, c4).fma(u, c3).fma(u, c2).fma(u, c1).fma(u, c0);
      FloatVector near = a.mul(u).mul(c);
      IntVector magnitude =
          far.blend(near, a.compare(VectorOperators.LT, one))
              .reinterpretAsInts()
              .and(Integer.MAX_VALUE);
      IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
      FloatVector y = magnitude.or(sign).reinterpretAsFloats();
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
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector twice = x.abs().mul(-2f);
      FloatVector held = twice.blend(lowest, twice.compare(VectorOperators.LT, lowest));
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
      FloatVector d = s.fma(q, s.sub(one));
      FloatVector tanh = d.div(d.add(2f));
      FloatVector dx = dy.mul(tanh.mul(tanh));
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
