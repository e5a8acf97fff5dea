package dev.lanewise.kernels.vector;

/** Where rows of fewer units than a vector holds lie in scratch, side by side. */
final class EdgeRows {

  private EdgeRows() {}

  /** Lanes that a row has to itself: a power of two, so that its place takes no division. */
  static int slot(int left) {
    return Integer.highestOneBit(2 * left - 1);
  }

  /** Where a row lies among those side by side, which take so many vectors, in bytes. */
  static long place(int row, int slot, int vectors) {
    int lane = row * slot;
    long vector = (long) lane / Lanes.COUNT * vectors;
    return vector * Lanes.BYTES + lane % Lanes.COUNT * (long) Float.BYTES;
  }

  /** The units of four gates. */
  static void copyGates(long from, long fromApart, long to, long toApart, int left) {
    for (int gate = 0; gate < 4; gate++) {
      Scratch.copy(from + gate * fromApart, to + gate * toApart, left);
    }
  }
}
