package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.Exponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The state of the cell from its activated gates: {@code c = f * cPrevious + i * g; h = o *
 * tanh(c)}, with {@code VectorMath.gateTanh} written out for the reason {@link LstmGates} gives.
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
    FloatVector one = FloatVector.broadcast(Lanes.FLOAT, 1f);
    FloatVector limit = FloatVector.broadcast(Lanes.FLOAT, Exponential.GATE_LIMIT);
    FloatVector lowest = FloatVector.broadcast(Lanes.FLOAT, -Exponential.GATE_LIMIT);
    FloatVector log2e = FloatVector.broadcast(Lanes.FLOAT, Exponential.LOG2_E);
    FloatVector rounder = FloatVector.broadcast(Lanes.FLOAT, Exponential.ROUNDER);
    FloatVector ln2High = FloatVector.broadcast(Lanes.FLOAT, -Exponential.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(Lanes.FLOAT, -Exponential.LN2_LOW);
    FloatVector p0 = FloatVector.broadcast(Lanes.FLOAT, Exponential.P0);
    FloatVector p1 = FloatVector.broadcast(Lanes.FLOAT, Exponential.P1);
    FloatVector p2 = FloatVector.broadcast(Lanes.FLOAT, Exponential.P2);
    FloatVector p3 = FloatVector.broadcast(Lanes.FLOAT, Exponential.P3);
    FloatVector p4 = FloatVector.broadcast(Lanes.FLOAT, Exponential.P4);
    FloatVector p5 = FloatVector.broadcast(Lanes.FLOAT, Exponential.P5);
    long gate = i;
    long toPrevious = cPrevious - c;
    long toH = h - c;
    long end = c + count * stateStep;
    for (long at = c; at != end; at += stateStep) {
      FloatVector added =
          FloatVector.fromMemorySegment(Lanes.FLOAT, Memory.ALL, gate & Memory.MASK, Memory.ORDER)
              .mul(
                  FloatVector.fromMemorySegment(
                      Lanes.FLOAT, Memory.ALL, (gate + 2 * apart) & Memory.MASK, Memory.ORDER));
      FloatVector kept =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, (at + toPrevious) & Memory.MASK, Memory.ORDER);
      FloatVector next =
          FloatVector.fromMemorySegment(
                  Lanes.FLOAT, Memory.ALL, (gate + apart) & Memory.MASK, Memory.ORDER)
              .fma(kept, added);
      next.intoMemorySegment(Memory.ALL, at & Memory.MASK, Memory.ORDER);
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
          FloatVector.fromMemorySegment(
                  Lanes.FLOAT, Memory.ALL, (gate + 3 * apart) & Memory.MASK, Memory.ORDER)
              .mul(t);
      output.intoMemorySegment(Memory.ALL, (at + toH) & Memory.MASK, Memory.ORDER);
      gate += gateStep;
    }
  }
}
