package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Exponential;
import dev.lanewise.kernels.contract.NormalTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@code y = x * Phi(x)}, operation for operation as {@code ScalarGelu}. */
public final class VectorGelu extends VectorActivation {

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector zero = FloatVector.zero(FLOAT);
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector limit = FloatVector.broadcast(FLOAT, NormalTail.LIMIT);
    FloatVector scale = FloatVector.broadcast(FLOAT, NormalTail.SCALE);
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
    FloatVector q0 = FloatVector.broadcast(FLOAT, NormalTail.Q0);
    FloatVector q1 = FloatVector.broadcast(FLOAT, NormalTail.Q1);
    FloatVector q2 = FloatVector.broadcast(FLOAT, NormalTail.Q2);
    FloatVector q3 = FloatVector.broadcast(FLOAT, NormalTail.Q3);
    FloatVector q4 = FloatVector.broadcast(FLOAT, NormalTail.Q4);
    FloatVector q5 = FloatVector.broadcast(FLOAT, NormalTail.Q5);
    FloatVector q6 = FloatVector.broadcast(FLOAT, NormalTail.Q6);
    FloatVector q7 = FloatVector.broadcast(FLOAT, NormalTail.Q7);
    FloatVector q8 = FloatVector.broadcast(FLOAT, NormalTail.Q8);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector a = x.abs();
      a = a.blend(limit, a.compare(VectorOperators.GT, limit));
      FloatVector square = a.mul(a);
      FloatVector held = square.mul(-0.5f);
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
      FloatVector power = q.add(one);
      FloatVector left = a.fma(a, square.neg()).mul(-0.5f);
      FloatVector u = one.div(a.fma(scale, one));
      FloatVector g = q8.fma(u, q7).fma(u, q6).fma(u, q5).fma(u, q4).fma(u, q3);
      g = g.fma(u, q2).fma(u, q1).fma(u, q0);
      FloatVector tail = power.fma(left, power).mul(a.mul(u).mul(g)).mul(s).mul(t);
      FloatVector y = zero.blend(x, x.compare(VectorOperators.GT, zero)).sub(tail);
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector density = FloatVector.broadcast(FLOAT, -NormalTail.DENSITY);
    FloatVector limit = FloatVector.broadcast(FLOAT, NormalTail.LIMIT);
    FloatVector scale = FloatVector.broadcast(FLOAT, NormalTail.SCALE);
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
    FloatVector q0 = FloatVector.broadcast(FLOAT, NormalTail.Q0);
    FloatVector q1 = FloatVector.broadcast(FLOAT, NormalTail.Q1);
    FloatVector q2 = FloatVector.broadcast(FLOAT, NormalTail.Q2);
    FloatVector q3 = FloatVector.broadcast(FLOAT, NormalTail.Q3);
    FloatVector q4 = FloatVector.broadcast(FLOAT, NormalTail.Q4);
    FloatVector q5 = FloatVector.broadcast(FLOAT, NormalTail.Q5);
    FloatVector q6 = FloatVector.broadcast(FLOAT, NormalTail.Q6);
    FloatVector q7 = FloatVector.broadcast(FLOAT, NormalTail.Q7);
    FloatVector q8 = FloatVector.broadcast(FLOAT, NormalTail.Q8);
    for (long at = from; at != end; at += Lanes.BYTES) {
      FloatVector x = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector dy = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector a = x.abs();
      a = a.blend(limit, a.compare(VectorOperators.GT, limit));
      FloatVector held = a.mul(a).mul(-0.5f);
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
      FloatVector u = one.div(a.fma(scale, one));
      FloatVector g = q8.fma(u, q7).fma(u, q6).fma(u, q5).fma(u, q4).fma(u, q3);
      g = g.fma(u, q2).fma(u, q1).fma(u, q0);
      FloatVector below = q.add(one).mul(a.fma(density, u.mul(g))).mul(s).mul(t);
      FloatVector factor = one.sub(below).blend(below, x.compare(VectorOperators.LT, 0f));
      FloatVector dx = dy.mul(factor);
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
