package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.STRIP_BYTES;

/**
 * The cells of the last units, too few for a vector: in scratch, as many rows side by side as fill
 * one.
 */
final class LstmCellEdge {

  /** In scratch, a vector a row. */
  private static final long STATES_BYTES = Scratch.ROWS * Lanes.BYTES;

  private LstmCellEdge() {}

  /**
   * The product, the nonlinearities and the states.
   *
   * @param steps of the product: the units, or 0 where z holds it already
   * @param left units, fewer than a vector
   * @param hPrevious address of all units' outputs before
   * @param b address of these units' strip of the recurrent kernel
   * @param z address of the first of these units' gates, {@code apart} bytes from gate to gate
   * @param previous address of their states before; {@code c} and {@code h} of those after
   * @param rowOfH bytes from row to row of the states
   */
  static void forward(
      int rows,
      int steps,
      int left,
      long hPrevious,
      long b,
      long z,
      long apart,
      long previous,
      long c,
      long h,
      long rowOfH) {
    int slot = EdgeRows.slot(left);
    int most = SgemmEdge.rows(SgemmEdge.vectors(4, left));
    long rowOfZ = 4 * apart;
    long tile = Scratch.address();
    long gates = tile + Scratch.ROWS * STRIP_BYTES;
    long states = gates + Scratch.ROWS * STRIP_BYTES;
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      long zTile = z + first * rowOfZ;
      long state = first * rowOfH;
      long a = hPrevious + state;
      SgemmEdge.intoScratch(
          some, steps, 4, left, a, rowOfH, Float.BYTES, b, STRIP_BYTES, zTile, rowOfZ, apart);
      for (int i = 0; i < some; i++) {
        long from = tile + i * STRIP_BYTES;
        EdgeRows.copyGates(
            from, SgemmEdge.apart(left), gates + EdgeRows.place(i, slot, 4), Lanes.BYTES, left);
        Scratch.copy(previous + state + i * rowOfH, states + EdgeRows.place(i, slot, 1), left);
      }
      int vectors = Math.ceilDiv(some * slot, Lanes.COUNT);
      LstmGates.activate(gates, Lanes.BYTES, STRIP_BYTES, vectors);
      update(gates, Lanes.BYTES, STRIP_BYTES, states, vectors);
      for (int i = 0; i < some; i++) {
        EdgeRows.copyGates(
            gates + EdgeRows.place(i, slot, 4), Lanes.BYTES, zTile + i * rowOfZ, apart, left);
        copyStates(states + EdgeRows.place(i, slot, 1), c, h, state + i * rowOfH, left);
      }
    }
  }

  /** The states after and the outputs, from scratch. */
  private static void copyStates(long from, long c, long h, long at, int left) {
    Scratch.copy(from + STATES_BYTES, c + at, left);
    Scratch.copy(from + 2 * STATES_BYTES, h + at, left);
  }

  /** The nonlinearities and the states, where each gate of a row is a vector in z. */
  static void inPlace(
      int rows, int left, long z, long apart, long previous, long c, long h, long rowOfH) {
    long states = Scratch.address();
    for (int first = 0; first < rows; first += Scratch.ROWS) {
      int some = Math.min(Scratch.ROWS, rows - first);
      long gates = z + 4L * first * apart;
      for (int i = 0; i < some; i++) {
        Scratch.copy(previous + (first + i) * rowOfH, states + i * Lanes.BYTES, left);
      }
      LstmGates.activate(gates, apart, 4 * apart, some);
      update(gates, apart, 4 * apart, states, some);
      for (int i = 0; i < some; i++) {
        copyStates(states + i * Lanes.BYTES, c, h, (first + i) * rowOfH, left);
      }
    }
  }

  /** From the states before to those after and to the outputs, in scratch one after the other. */
  private static void update(long gates, long apart, long rowOfGates, long states, int vectors) {
    long c = states + STATES_BYTES;
    long h = c + STATES_BYTES;
    LstmState.update(gates, apart, rowOfGates, states, c, h, Lanes.BYTES, vectors);
  }

  /**
   * The gradient of a timestep: see {@code LstmCellKernel.backward}.
   *
   * @param gates address of the first of these units' gates, {@code apart} bytes from gate to gate
   */
  static void backward(
      int rows,
      int left,
      long apart,
      long cPrevious,
      long c,
      long dh,
      long dc,
      long rowOfH,
      long gates) {
    int slot = EdgeRows.slot(left);
    int together = Lanes.COUNT / slot;
    long tile = Scratch.address();
    long states = tile + STRIP_BYTES;
    long cAt = states + Lanes.BYTES;
    long dhAt = cAt + Lanes.BYTES;
    long dcAt = dhAt + Lanes.BYTES;
    for (int first = 0; first < rows; first += together) {
      int end = Math.min(first + together, rows);
      for (int row = first; row < end; row++) {
        long lane = EdgeRows.place(row - first, slot, 1);
        long at = row * rowOfH;
        EdgeRows.copyGates(gates + 4L * row * apart, apart, tile + lane, Lanes.BYTES, left);
        Scratch.copy(cPrevious + at, states + lane, left);
        Scratch.copy(c + at, cAt + lane, left);
        Scratch.copy(dh + at, dhAt + lane, left);
        Scratch.copy(dc + at, dcAt + lane, left);
      }
      LstmCellGradient.whole(Lanes.BYTES, Lanes.BYTES, states, cAt, dhAt, dcAt, tile);
      for (int row = first; row < end; row++) {
        long lane = EdgeRows.place(row - first, slot, 1);
        EdgeRows.copyGates(tile + lane, Lanes.BYTES, gates + 4L * row * apart, apart, left);
        Scratch.copy(dcAt + lane, dc + row * rowOfH, left);
      }
    }
  }
}
