package dev.lanewise.kernels.vector;

/**
 * The cells of the last units, too few for a vector: in scratch, as many rows side by side as fill
 * one.
 */
final class LstmCellEdge {

  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

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
    long bytes = (long) left * Float.BYTES;
    int together = Lanes.COUNT / left;
    int most = SgemmEdge.rows(SgemmEdge.vectors(4, left));
    long rowOfZ = 4 * apart;
    long apartInTile = SgemmEdge.apart(left);
    long tile = Scratch.address();
    long gates = tile + Scratch.ROWS * STRIP_BYTES;
    long states = gates + Scratch.ROWS * STRIP_BYTES;
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      long zTile = z + first * rowOfZ;
      long hTile = hPrevious + first * rowOfH;
      SgemmEdge.intoScratch(
          some, steps, 4, left, hTile, rowOfH, Float.BYTES, b, zTile, rowOfZ, apart);
      for (int i = 0; i < some; i++) {
        long to = i / together * STRIP_BYTES + (i % together) * bytes;
        long state = i / together * Lanes.BYTES + (i % together) * bytes;
        Scratch.copy(previous + (first + i) * rowOfH, states + state, left);
        for (int gate = 0; gate < 4; gate++) {
          long from = tile + i * STRIP_BYTES + gate * apartInTile;
          Scratch.copy(from, gates + to + gate * Lanes.BYTES, left);
        }
      }
      int vectors = Math.ceilDiv(some, together);
      LstmGates.activate(gates, Lanes.BYTES, STRIP_BYTES, vectors);
      update(gates, Lanes.BYTES, STRIP_BYTES, states, vectors);
      for (int i = 0; i < some; i++) {
        long from = i / together * STRIP_BYTES + (i % together) * bytes;
        long state = i / together * Lanes.BYTES + (i % together) * bytes;
        Scratch.copy(states + STATES_BYTES + state, c + (first + i) * rowOfH, left);
        Scratch.copy(states + 2 * STATES_BYTES + state, h + (first + i) * rowOfH, left);
        for (int gate = 0; gate < 4; gate++) {
          long to = zTile + i * rowOfZ + gate * apart;
          Scratch.copy(gates + from + gate * Lanes.BYTES, to, left);
        }
      }
    }
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
        long state = states + i * Lanes.BYTES;
        Scratch.copy(state + STATES_BYTES, c + (first + i) * rowOfH, left);
        Scratch.copy(state + 2 * STATES_BYTES, h + (first + i) * rowOfH, left);
      }
    }
  }

  /** From the states before to those after and to the outputs, in scratch one after the other. */
  private static void update(long gates, long apart, long rowOfGates, long states, int vectors) {
    LstmState.update(
        gates,
        apart,
        rowOfGates,
        states,
        states + STATES_BYTES,
        states + 2 * STATES_BYTES,
        Lanes.BYTES,
        vectors);
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
    long bytes = (long) left * Float.BYTES;
    int together = Lanes.COUNT / left;
    long tile = Scratch.address();
    long states = tile + STRIP_BYTES;
    for (int first = 0; first < rows; first += together) {
      int end = Math.min(first + together, rows);
      for (int row = first; row < end; row++) {
        long lane = (row - first) * bytes;
        long at = row * rowOfH;
        for (int gate = 0; gate < 4; gate++) {
          long from = gates + (4L * row + gate) * apart;
          Scratch.copy(from, tile + gate * Lanes.BYTES + lane, left);
        }
        Scratch.copy(cPrevious + at, states + lane, left);
        Scratch.copy(c + at, states + Lanes.BYTES + lane, left);
        Scratch.copy(dh + at, states + 2 * Lanes.BYTES + lane, left);
        Scratch.copy(dc + at, states + 3 * Lanes.BYTES + lane, left);
      }
      LstmCellGradient.whole(
          Lanes.BYTES,
          Lanes.BYTES,
          states,
          states + Lanes.BYTES,
          states + 2 * Lanes.BYTES,
          states + 3 * Lanes.BYTES,
          tile);
      for (int row = first; row < end; row++) {
        long lane = (row - first) * bytes;
        for (int gate = 0; gate < 4; gate++) {
          long to = gates + (4L * row + gate) * apart;
          Scratch.copy(tile + gate * Lanes.BYTES + lane, to, left);
        }
        Scratch.copy(states + 3 * Lanes.BYTES + lane, dc + row * rowOfH, left);
      }
    }
  }
}
