package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.Exponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The state of the cell from its activated gates: {@code c = f * cPrevious + i * g; h = o *
 * tanh(c)}, with {@code ScalarMath.gateTanh} written out for the reason {@link LstmGates} gives.
 */
final class LstmState {

  private LstmState() {}

  /**
   * {@code count} vectors of the states, {@code stateStep} bytes apart, and of each gate, {@code
   * gateStep} bytes apart.
   *
   * @param i address of the input gates; f, g and o follow {@code apart} bytes one from another
   */
  static void update(
      long i,
      long apart,
      long gateStep,
      long cPrevious,
      long c,
      long h,
      long stateStep,
      long count) {
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector limit = FloatVector.broadcast(FLOAT, Exponential.GATE_LIMIT);
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
    long gate = i;
    long toPrevious = cPrevious - c;
    long toH = h - c;
    long end = c + count * stateStep;
    for (long at = c; at != end; at += stateStep) {
      FloatVector added =
          FloatVector.fromMemorySegment(FLOAT, ALL, gate & MASK, ORDER)
              .mul(FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 2 * apart) & MASK, ORDER));
      FloatVector kept = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toPrevious) & MASK, ORDER);
      FloatVector next =
          FloatVector.fromMemorySegment(FLOAT, ALL, (gate + apart) & MASK, ORDER).fma(kept, added);
      next.intoMemorySegment(ALL, at & MASK, ORDER);
      FloatVector tx = next.mul(-2f);
      tx = tx.blend(limit, tx.compare(VectorOperators.GT, limit));
      tx = tx.blend(lowest, tx.compare(VectorOperators.LT, lowest));
      FloatVector tt = tx.fma(log2e, rounder);
      FloatVector tn = tt.sub(rounder);
      FloatVector tr = tn.fma(ln2Low, tn.fma(ln2High, tx));
      FloatVector tp = p0.fma(tr, p1).fma(tr, p2).fma(tr, p3).fma(tr, p4).fma(tr, p5);
      FloatVector tq = tp.fma(tr.mul(tr), tr);
      FloatVector ts =
          tt.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(Exponential.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector td = ts.fma(tq, ts.sub(one));
      FloatVector t = td.neg().div(td.add(2f));
      FloatVector output =
          FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 3 * apart) & MASK, ORDER).mul(t);
      output.intoMemorySegment(ALL, (at + toH) & MASK, ORDER);
      gate += gateStep;
    }
  }
}
