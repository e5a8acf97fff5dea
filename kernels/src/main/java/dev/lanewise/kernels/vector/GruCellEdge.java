package dev.lanewise.kernels.vector;

/**
 * The cells of the last units of a GRU, too few for a vector: in scratch, as many rows side by side
 * as fill one.
 */
final class GruCellEdge {

  /** A row of gates in scratch: a vector of each. */
  private static final long GATES_BYTES = 4 * Lanes.BYTES;

  private GruCellEdge() {}

  /**
   * The nonlinearities and the states, after the product.
   *
   * @param left units, fewer than a vector
   * @param n address of the first of these units' gates, {@code apart} bytes from gate to gate
   * @param previous address of their states before; {@code h} of those after
   * @param rowOfH bytes from row to row of the states
   */
  static void forward(int rows, int left, long n, long apart, long previous, long h, long rowOfH) {
    int slot = EdgeRows.slot(left);
    int most = Scratch.ROWS * (Lanes.COUNT / slot);
    long gates = Scratch.address();
    long states = gates + Scratch.ROWS * GATES_BYTES;
    long outputs = states + Scratch.ROWS * Lanes.BYTES;
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      for (int i = 0; i < some; i++) {
        long from = n + 4L * (first + i) * apart;
        EdgeRows.copyGates(from, apart, gates + EdgeRows.place(i, slot, 4), Lanes.BYTES, left);
        long place = states + EdgeRows.place(i, slot, 1);
        Scratch.copy(previous + (first + i) * rowOfH, place, left);
      }
      int vectors = Math.ceilDiv(some * slot, Lanes.COUNT);
      GruGates.activate(gates, Lanes.BYTES, GATES_BYTES, vectors);
      GruState.update(gates, Lanes.BYTES, GATES_BYTES, states, outputs, Lanes.BYTES, vectors);
      for (int i = 0; i < some; i++) {
        long to = n + 4L * (first + i) * apart;
        EdgeRows.copyGates(gates + EdgeRows.place(i, slot, 4), Lanes.BYTES, to, apart, left);
        Scratch.copy(outputs + EdgeRows.place(i, slot, 1), h + (first + i) * rowOfH, left);
      }
    }
  }

  /** The same, where each gate of a row is a vector in n. */
  static void inPlace(int rows, int left, long n, long apart, long previous, long h, long rowOfH) {
    long states = Scratch.address();
    long outputs = states + Scratch.ROWS * Lanes.BYTES;
    for (int first = 0; first < rows; first += Scratch.ROWS) {
      int some = Math.min(Scratch.ROWS, rows - first);
      long gates = n + 4L * first * apart;
      for (int i = 0; i < some; i++) {
        Scratch.copy(previous + (first + i) * rowOfH, states + i * Lanes.BYTES, left);
      }
      GruGates.activate(gates, apart, 4 * apart, some);
      GruState.update(gates, apart, 4 * apart, states, outputs, Lanes.BYTES, some);
      for (int i = 0; i < some; i++) {
        Scratch.copy(outputs + i * Lanes.BYTES, h + (first + i) * rowOfH, left);
      }
    }
  }

  /**
   * The gradient of a timestep: see {@code GruCellKernel.backward}.
   *
   * @param gates address of the first of these units' gates, {@code apart} bytes from gate to gate
   */
  static void backward(
      int rows,
      int left,
      long apart,
      long hPrevious,
      long dh,
      long carried,
      long rowOfH,
      long gates) {
    int slot = EdgeRows.slot(left);
    int together = Lanes.COUNT / slot;
    long tile = Scratch.address();
    long states = tile + GATES_BYTES;
    for (int first = 0; first < rows; first += together) {
      int end = Math.min(first + together, rows);
      for (int row = first; row < end; row++) {
        long lane = EdgeRows.place(row - first, slot, 1);
        long at = row * rowOfH;
        EdgeRows.copyGates(gates + 4L * row * apart, apart, tile + lane, Lanes.BYTES, left);
        Scratch.copy(hPrevious + at, states + lane, left);
        Scratch.copy(dh + at, states + Lanes.BYTES + lane, left);
        Scratch.copy(carried + at, states + 2 * Lanes.BYTES + lane, left);
      }
      GruCellGradient.whole(
          Lanes.BYTES, Lanes.BYTES, states, states + Lanes.BYTES, states + 2 * Lanes.BYTES, tile);
      for (int row = first; row < end; row++) {
        long lane = EdgeRows.place(row - first, slot, 1);
        EdgeRows.copyGates(tile + lane, Lanes.BYTES, gates + 4L * row * apart, apart, left);
        Scratch.copy(states + 2 * Lanes.BYTES + lane, carried + row * rowOfH, left);
      }
    }
  }
}
