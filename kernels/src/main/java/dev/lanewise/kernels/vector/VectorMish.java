package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Exponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@code y = x * tanh(ln(1 + e^x))}, operation for operation as {@code ScalarMish}. */
public final class VectorMish extends VectorActivation {

  @Override
  void activate(long from, long end, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector two = FloatVector.broadcast(FLOAT, 2f);
    FloatVector farthest = FloatVector.broadcast(FLOAT, Exponential.FAR_LOW);
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
      FloatVector below = x.abs().neg();
      FloatVector held = below.blend(farthest, below.compare(VectorOperators.LT, farthest));
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
      FloatVector e = power.mul(s).mul(t);
      FloatVector twice = e.add(e);
      FloatVector more = e.add(two);
      VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
      FloatVector low = power.mul(held).mul(s).mul(t).mul(more);
      FloatVector top = x.mul(twice.add(one)).blend(low, negative);
      FloatVector divisor = twice.fma(e.add(one), one).blend(e.fma(more, two), negative);
      FloatVector y = top.div(divisor);
      y.intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
  }

  @Override
  void slope(long from, long end, long toDy, long toDx) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector two = FloatVector.broadcast(FLOAT, 2f);
    FloatVector farthest = FloatVector.broadcast(FLOAT, Exponential.FAR_LOW);
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
      FloatVector below = x.abs().neg();
      FloatVector held = below.blend(farthest, below.compare(VectorOperators.LT, farthest));
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
      FloatVector e = q.add(one).mul(s).mul(t);
      FloatVector twice = e.add(e);
      FloatVector more = e.add(two);
      VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
      FloatVector near = held.neg().blend(held, negative);
      FloatVector m = twice.add(one).blend(e.mul(more), negative);
      FloatVector divisor = twice.fma(e.add(one), one).blend(e.fma(more, two), negative);
      FloatVector rise = e.mul(e).blend(e, negative).mul(e.add(one)).mul(near.mul(4f));
      FloatVector dx = dy.mul(m.add(rise.div(divisor)).div(divisor));
      dx.intoMemorySegment(ALL, (at + toDx) & MASK, ORDER);
    }
  }
}
