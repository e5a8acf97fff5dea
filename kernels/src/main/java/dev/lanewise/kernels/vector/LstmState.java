package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Gate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The state of the cell from its activated gates: {@code c = f * cPrevious + i * g; h = o *
 * tanh(c)}. {@code ScalarMath.gateTanh} is written out in it, for the reason that {@link LstmGates}
 * gives.
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
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    FloatVector minusOne = FloatVector.broadcast(FLOAT, -1f);
    FloatVector limit = FloatVector.broadcast(FLOAT, Gate.LIMIT);
    FloatVector lowest = FloatVector.broadcast(FLOAT, -Gate.LIMIT);
    FloatVector scale = FloatVector.broadcast(FLOAT, Gate.TANH_SCALE);
    FloatVector rounder = FloatVector.broadcast(FLOAT, Gate.ROUNDER);
    FloatVector t1 = FloatVector.broadcast(FLOAT, Gate.T1);
    FloatVector t2 = FloatVector.broadcast(FLOAT, Gate.T2);
    FloatVector t3 = FloatVector.broadcast(FLOAT, Gate.T3);
    FloatVector t4 = FloatVector.broadcast(FLOAT, Gate.T4);
    FloatVector t5 = FloatVector.broadcast(FLOAT, Gate.T5);
    FloatVector t6 = FloatVector.broadcast(FLOAT, Gate.T6);
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
      FloatVector ct = next.fma(scale, rounder);
      FloatVector cr = next.fma(scale, rounder.sub(ct));
      FloatVector cp = t6.fma(cr, t5).fma(cr, t4).fma(cr, t3).fma(cr, t2).fma(cr, t1);
      FloatVector cs =
          ct.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector cd = cs.mul(cr).fma(cp, cs.sub(one));
      FloatVector squashed =
          cd.div(cd.add(2f))
              .blend(one, next.compare(VectorOperators.GT, limit))
              .blend(minusOne, next.compare(VectorOperators.LT, lowest));
      FloatVector output =
          FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 3 * apart) & MASK, ORDER).mul(squashed);
      output.intoMemorySegment(ALL, (at + toH) & MASK, ORDER);
      gate += gateStep;
    }
  }
}
