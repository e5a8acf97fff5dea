package dev.lanewise.kernels.vector;

/**
 * The cells of the last units, too few for a vector: in scratch, as many rows side by side as fill
 * one.
 */
final class LstmCellEdge {

  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

  /** Vectors of a gate that scratch has room for. */
  private static final int VECTORS = Scratch.ROWS;

  private LstmCellEdge() {}

  /**
   * The nonlinearities and the states.
   *
   * @param left units, fewer than a vector
   * @param inPlace whether each gate of a row is a vector in z
   * @param z address of the first of these units' gates, {@code apart} bytes from gate to gate
   * @param previous address of their states before; {@code c} and {@code h} of those after
   * @param rowOfH bytes from row to row of the states
   */
  static void forward(
      int rows,
      int left,
      boolean inPlace,
      long z,
      long apart,
      long previous,
      long c,
      long h,
      long rowOfH) {
    long bytes = (long) left * Float.BYTES;
    int together = inPlace ? 1 : Lanes.COUNT / left;
    int most = VECTORS * together;
    long rowOfZ = 4 * apart;
    long gates = Scratch.address();
    long cBefore = gates + VECTORS * STRIP_BYTES;
    long cAfter = cBefore + VECTORS * Lanes.BYTES;
    long hAfter = cAfter + VECTORS * Lanes.BYTES;
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      for (int i = 0; i < some; i++) {
        long lane = (i % together) * bytes;
        long vector = i / together * Lanes.BYTES;
        Scratch.copy(previous + (first + i) * rowOfH, cBefore + vector + lane, left);
        for (int gate = 0; gate < 4 && !inPlace; gate++) {
          long from = z + (first + i) * rowOfZ + gate * apart;
          Scratch.copy(from, gates + 4 * vector + gate * Lanes.BYTES + lane, left);
        }
      }
      int vectors = Math.ceilDiv(some, together);
      if (inPlace) {
        long at = z + first * rowOfZ;
        LstmGates.activate(at, apart, rowOfZ, vectors);
        LstmState.update(at, apart, rowOfZ, cBefore, cAfter, hAfter, Lanes.BYTES, vectors);
      } else {
        LstmGates.activate(gates, Lanes.BYTES, STRIP_BYTES, vectors);
        LstmState.update(
            gates, Lanes.BYTES, STRIP_BYTES, cBefore, cAfter, hAfter, Lanes.BYTES, vectors);
      }
      for (int i = 0; i < some; i++) {
        long lane = (i % together) * bytes;
        long vector = i / together * Lanes.BYTES;
        Scratch.copy(cAfter + vector + lane, c + (first + i) * rowOfH, left);
        Scratch.copy(hAfter + vector + lane, h + (first + i) * rowOfH, left);
        for (int gate = 0; gate < 4 && !inPlace; gate++) {
          long to = z + (first + i) * rowOfZ + gate * apart;
          Scratch.copy(gates + 4 * vector + gate * Lanes.BYTES + lane, to, left);
        }
      }
    }
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
