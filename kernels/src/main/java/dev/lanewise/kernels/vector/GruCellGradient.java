package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;

/** The gradient of one GRU timestep, row by row; addresses are proved by the caller. */
final class GruCellGradient {

  private GruCellGradient() {}

  /**
   * @param apart bytes from gate to gate
   */
  static void apply(
      int rows, int units, long apart, long hPrevious, long dh, long carried, long gates) {
    long rowOfH = (long) units * Float.BYTES;
    long whole = units / Lanes.COUNT * Lanes.BYTES;
    int left = units % Lanes.COUNT;
    for (int row = 0; row < rows; row++) {
      long at = row * rowOfH;
      whole(whole, apart, hPrevious + at, dh + at, carried + at, gates + 4L * row * apart);
    }
    if (left != 0) {
      GruCellEdge.backward(
          rows, left, apart, hPrevious + whole, dh + whole, carried + whole, rowOfH, gates + whole);
    }
  }

  /** {@code bytes} of each state, whole vectors. */
  static void whole(long bytes, long apart, long hPrevious, long dh, long carried, long gates) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long toPrevious = hPrevious - carried;
    long toDh = dh - carried;
    long toGates = gates - carried;
    FloatVector one = FloatVector.broadcast(FLOAT, 1f);
    long end = carried + bytes;
    for (long at = carried; at != end; at += Lanes.BYTES) {
      long gate = at + toGates;
      FloatVector n = FloatVector.fromMemorySegment(FLOAT, ALL, gate & MASK, ORDER);
      FloatVector z = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + apart) & MASK, ORDER);
      FloatVector r = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 2 * apart) & MASK, ORDER);
      FloatVector q = FloatVector.fromMemorySegment(FLOAT, ALL, (gate + 3 * apart) & MASK, ORDER);
      FloatVector d =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDh) & MASK, ORDER)
              .add(FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER));
      FloatVector dn = d.mul(one.sub(z)).mul(n.neg().fma(n, one));
      FloatVector change =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toPrevious) & MASK, ORDER).sub(n);
      dn.intoMemorySegment(ALL, gate & MASK, ORDER);
      d.mul(change).mul(z.mul(one.sub(z))).intoMemorySegment(ALL, (gate + apart) & MASK, ORDER);
      dn.mul(q).mul(r.mul(one.sub(r))).intoMemorySegment(ALL, (gate + 2 * apart) & MASK, ORDER);
      dn.mul(r).intoMemorySegment(ALL, (gate + 3 * apart) & MASK, ORDER);
      d.mul(z).intoMemorySegment(ALL, at & MASK, ORDER);
    }
  }
}
