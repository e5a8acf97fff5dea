package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Gate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The gradient of one LSTM timestep, row by row; addresses are proved by the caller. */
final class LstmCellGradient {

  private LstmCellGradient() {}

  /**
   * @param apart bytes from gate to gate
   */
  static void apply(
      int rows, int units, long apart, long cPrevious, long c, long dh, long dc, long gates) {
    long rowOfH = (long) units * Float.BYTES;
    long whole = units / Lanes.COUNT * Lanes.BYTES;
    int left = units % Lanes.COUNT;
    for (int row = 0; row < rows; row++) {
      long at = row * rowOfH;
      long gate = gates + 4L * row * apart;
      whole(whole, apart, cPrevious + at, c + at, dh + at, dc + at, gate);
    }
    if (left != 0) {
      LstmCellEdge.backward(
          rows,
          left,
          apart,
          cPrevious + whole,
          c + whole,
          dh + whole,
          dc + whole,
          rowOfH,
          gates + whole);
    }
  }

  /** {@code bytes} of each state, whole vectors. */
  static void whole(long bytes, long apart, long cPrevious, long c, long dh, long dc, long gates) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long toPrevious = cPrevious - c;
    long toDh = dh - c;
    long toDc = dc - c;
    long toGates = gates - c;
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
    long end = c + bytes;
    for (long at = c; at != end; at += Lanes.BYTES) {
      long gate = at + toGates;
      FloatVector i = FloatVector.fromMemorySegment(FLOAT, ALL, gate & MASK, ORDER);
      FloatVector f = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + apart) & MASK, ORDER);
      FloatVector g = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 2 * apart) & MASK, ORDER);
      FloatVector o = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 3 * apart) & MASK, ORDER);
      FloatVector state = FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER);
      FloatVector ct = state.fma(scale, rounder);
      FloatVector cr = state.fma(scale, rounder.sub(ct));
      FloatVector cp = t6.fma(cr, t5).fma(cr, t4).fma(cr, t3).fma(cr, t2).fma(cr, t1);
      FloatVector cs =
          ct.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector cd = cs.mul(cr).fma(cp, cs.sub(one));
      FloatVector squashed =
          cd.div(cd.add(2f))
              .blend(one, state.compare(VectorOperators.GT, limit))
              .blend(minusOne, state.compare(VectorOperators.LT, lowest));
      FloatVector dhNow = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDh) & MASK, ORDER);
      FloatVector dcNow =
          dhNow
              .mul(o)
              .fma(
                  squashed.neg().fma(squashed, one),
                  FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDc) & MASK, ORDER));
      dcNow.mul(g).mul(i.mul(one.sub(i))).intoMemorySegment(ALL, gate & MASK, ORDER);
      dcNow
          .mul(FloatVector.fromMemorySegment(FLOAT, ALL, (at + toPrevious) & MASK, ORDER))
          .mul(f.mul(one.sub(f)))
          .intoMemorySegment(ALL, (gate + apart) & MASK, ORDER);
      dcNow
          .mul(i)
          .mul(g.neg().fma(g, one))
          .intoMemorySegment(ALL, (gate + 2 * apart) & MASK, ORDER);
      dhNow
          .mul(squashed)
          .mul(o.mul(one.sub(o)))
          .intoMemorySegment(ALL, (gate + 3 * apart) & MASK, ORDER);
      dcNow.mul(f).intoMemorySegment(ALL, (at + toDc) & MASK, ORDER);
    }
  }
}
