package dev.lanewise.kernels.vector;

import jdk.incubator.vector.FloatVector;

/** The gradient of one LSTM timestep, row by row; addresses are proved by the caller. */
final class LstmCellGradient {

  private LstmCellGradient() {}

  static void apply(int rows, int units, long cPrevious, long c, long dh, long dc, long gates) {
    long apart = (long) units * Float.BYTES;
    long whole = units / Lanes.COUNT * Lanes.BYTES;
    int left = units % Lanes.COUNT;
    for (int row = 0; row < rows; row++) {
      long at = row * apart;
      whole(whole, apart, cPrevious + at, c + at, dh + at, dc + at, gates + 4 * at);
      if (left != 0) {
        long edge = at + whole;
        edge(left, apart, cPrevious + edge, c + edge, dh + edge, dc + edge, gates + 4 * at + whole);
      }
    }
  }

  private static void whole(
      long bytes, long apart, long cPrevious, long c, long dh, long dc, long gates) {
    long toPrevious = cPrevious - c;
    long toDh = dh - c;
    long toDc = dc - c;
    long toGates = gates - c;
    FloatVector one = FloatVector.broadcast(Lanes.FLOAT, 1f);
    long end = c + bytes;
    for (long at = c; at != end; at += Lanes.BYTES) {
      long gate = at + toGates;
      FloatVector i = Memory.load(gate);
      FloatVector f = Memory.load(gate + apart);
      FloatVector g = Memory.load(gate + 2 * apart);
      FloatVector o = Memory.load(gate + 3 * apart);
      FloatVector squashed = VectorMath.gateTanh(Memory.load(at));
      FloatVector dhNow = Memory.load(at + toDh);
      FloatVector dcNow =
          dhNow.mul(o).fma(squashed.neg().fma(squashed, one), Memory.load(at + toDc));
      Memory.store(dcNow.mul(g).mul(i.mul(one.sub(i))), gate);
      Memory.store(dcNow.mul(Memory.load(at + toPrevious)).mul(f.mul(one.sub(f))), gate + apart);
      Memory.store(dcNow.mul(i).mul(g.neg().fma(g, one)), gate + 2 * apart);
      Memory.store(dhNow.mul(squashed).mul(o.mul(one.sub(o))), gate + 3 * apart);
      Memory.store(dcNow.mul(f), at + toDc);
    }
  }

  /** The last units of a row, laid out in scratch as a vector of each. */
  private static void edge(
      int left, long apart, long cPrevious, long c, long dh, long dc, long gate) {
    long gates = Scratch.address();
    long states = gates + 4 * Lanes.BYTES;
    for (int v = 0; v < 4; v++) {
      Scratch.copy(gate + v * apart, gates + v * Lanes.BYTES, left);
    }
    Scratch.copy(cPrevious, states, left);
    Scratch.copy(c, states + Lanes.BYTES, left);
    Scratch.copy(dh, states + 2 * Lanes.BYTES, left);
    Scratch.copy(dc, states + 3 * Lanes.BYTES, left);
    whole(
        Lanes.BYTES,
        Lanes.BYTES,
        states,
        states + Lanes.BYTES,
        states + 2 * Lanes.BYTES,
        states + 3 * Lanes.BYTES,
        gates);
    for (int v = 0; v < 4; v++) {
      Scratch.copy(gates + v * Lanes.BYTES, gate + v * apart, left);
    }
    Scratch.copy(states + 3 * Lanes.BYTES, dc, left);
  }
}
