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
 * The candidate and the state of a GRU from its activated gates: {@code n = tanh(n + r * q); h = n
 * + z * (hPrevious - n)}, with {@code ScalarMath.gateTanh} written out for the reason {@link
 * LstmGates} gives.
 */
final class GruState {

  private GruState() {}

  /**
   * {@code count} vectors of the states, {@code stateStep} bytes apart, and of each gate, {@code
   * gateStep} bytes apart.
   *
   * @param n address of the candidates; z, r and q follow {@code apart} bytes one from another
   */
  static void update(
      long n, long apart, long gateStep, long hPrevious, long h, long stateStep, long count) {
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
    long toPrevious = hPrevious - h;
    long gate = n;
    long end = h + count * stateStep;
    for (long at = h; at != end; at += stateStep) {
      FloatVector r = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 2 * apart) & MASK, ORDER);
      FloatVector q = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 3 * apart) & MASK, ORDER);
      FloatVector x = r.fma(q, FloatVector.fromMemorySegment(FLOAT, ALL, gate & MASK, ORDER));
      FloatVector nt = x.fma(scale, rounder);
      FloatVector nr = x.fma(scale, rounder.sub(nt));
      FloatVector np = t6.fma(nr, t5).fma(nr, t4).fma(nr, t3).fma(nr, t2).fma(nr, t1);
      FloatVector ns =
          nt.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector nd = ns.mul(nr).fma(np, ns.sub(one));
      FloatVector squashed =
          nd.div(nd.add(2f))
              .blend(one, x.compare(VectorOperators.GT, limit))
              .blend(minusOne, x.compare(VectorOperators.LT, lowest));
      squashed.intoMemorySegment(ALL, gate & MASK, ORDER);
      FloatVector change =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toPrevious) & MASK, ORDER).sub(squashed);
      FloatVector.fromMemorySegment(FLOAT, ALL, (gate + apart) & MASK, ORDER)
          .fma(change, squashed)
          .intoMemorySegment(ALL, at & MASK, ORDER);
      gate += gateStep;
    }
  }
}
