package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.LstmCellKernel;
import java.lang.foreign.MemorySegment;

/**
 * One LSTM timestep, a strip of units at a time: the recurrent product of the strip's four gates,
 * then their nonlinearities and the cell while they are still in L1.
 */
public final class VectorLstmCell implements LstmCellKernel {

  /**
   * Rows that the cell's loops pass over one after the other. Where the units are a power of two,
   * the gates of all rows share a few sets of L1: with more rows each loop would find them gone.
   */
  private static final int ROWS = 8;

  /** With this distance from gate to gate they share one set, and fewer rows do not help. */
  private static final long WAY = 4096;

  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

  @Override
  public void forward(
      int rows,
      int units,
      int firstStrip,
      int endStrip,
      MemorySegment recurrent,
      MemorySegment hPrevious,
      long hPreviousOffset,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment c,
      long cOffset,
      MemorySegment h,
      long hOffset) {
    long a = Memory.address(hPrevious, hPreviousOffset);
    long previous = Memory.address(cPrevious, cPreviousOffset);
    long z = Memory.address(gates, gatesOffset);
    long state = Memory.address(c, cOffset);
    long output = Memory.address(h, hOffset);
    long apart = (long) units * Float.BYTES; // from gate to gate, and from row to row of the states
    long stripOfU = units * STRIP_BYTES;
    int endWhole = Math.min(endStrip, units / Lanes.COUNT);
    int strip = firstStrip;
    if (rows == 1 && strip < endWhole) {
      int strips = endWhole - strip;
      long at = strip * Lanes.BYTES;
      long b = recurrent.address() + strip * stripOfU;
      SgemmRow.multiply(
          strips, units, a, Float.BYTES, b, stripOfU, z + at, z + at, apart, Lanes.BYTES);
      LstmGates.activate(z + at, apart, Lanes.BYTES, strips);
      LstmState.update(
          z + at, apart, Lanes.BYTES, previous + at, state + at, output + at, Lanes.BYTES, strips);
      strip = endWhole;
    }
    for (; strip < endWhole; strip++) {
      long at = strip * Lanes.BYTES;
      long b = recurrent.address() + strip * stripOfU;
      long to = z + at;
      long row = 4 * apart;
      VectorSgemm.wholeK(rows, units, a, apart, Float.BYTES, b, to, row, to, row, apart);
      cells(rows, to, apart, previous + at, state + at, output + at);
    }
    if (strip < endStrip) {
      long at = strip * Lanes.BYTES;
      long b = recurrent.address() + strip * stripOfU;
      int left = units - strip * Lanes.COUNT;
      edge(rows, units, units, left, a, b, z + at, previous + at, state + at, output + at);
    }
  }

  /** The nonlinearities and the states of one strip, under every row. */
  static void cells(int rows, long z, long apart, long previous, long c, long h) {
    long row = 4 * apart;
    int most = apart % WAY == 0 ? Math.max(1, rows) : ROWS;
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      long gates = z + first * row;
      long at = first * apart;
      LstmGates.activate(gates, apart, row, some);
      LstmState.update(gates, apart, row, previous + at, c + at, h + at, apart, some);
    }
  }

  /**
   * The last units, too few for a vector: row by row of a tile in scratch, where they are laid out
   * as if there were enough.
   *
   * @param steps of the product: the units, or 0 where z holds it already
   */
  static void edge(
      int rows,
      int units,
      int steps,
      int left,
      long a,
      long b,
      long z,
      long previous,
      long c,
      long h) {
    long apart = (long) units * Float.BYTES;
    long gates = Scratch.address();
    long cBefore = gates + Scratch.ROWS * STRIP_BYTES;
    long cAfter = cBefore + Scratch.ROWS * Lanes.BYTES;
    long hAfter = cAfter + Scratch.ROWS * Lanes.BYTES;
    for (int row = 0; row < rows; row += Scratch.ROWS) {
      int some = Math.min(Scratch.ROWS, rows - row);
      for (int i = 0; i < some; i++) {
        for (int gate = 0; gate < 4; gate++) {
          Scratch.copy(
              z + (4L * (row + i) + gate) * apart,
              gates + i * STRIP_BYTES + gate * Lanes.BYTES,
              left);
        }
        Scratch.copy(previous + (row + i) * apart, cBefore + i * Lanes.BYTES, left);
      }
      VectorSgemm.strip(
          some,
          steps,
          a + row * apart,
          apart,
          Float.BYTES,
          b,
          gates,
          STRIP_BYTES,
          gates,
          STRIP_BYTES,
          Lanes.BYTES);
      LstmGates.activate(gates, Lanes.BYTES, STRIP_BYTES, some);
      LstmState.update(gates, Lanes.BYTES, STRIP_BYTES, cBefore, cAfter, hAfter, Lanes.BYTES, some);
      for (int i = 0; i < some; i++) {
        for (int gate = 0; gate < 4; gate++) {
          Scratch.copy(
              gates + i * STRIP_BYTES + gate * Lanes.BYTES,
              z + (4L * (row + i) + gate) * apart,
              left);
        }
        Scratch.copy(cAfter + i * Lanes.BYTES, c + (row + i) * apart, left);
        Scratch.copy(hAfter + i * Lanes.BYTES, h + (row + i) * apart, left);
      }
    }
  }

  @Override
  public void backward(
      int rows,
      int units,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment c,
      long cOffset,
      MemorySegment dh,
      long dhOffset,
      MemorySegment dc,
      long dcOffset,
      MemorySegment gates,
      long gatesOffset) {
    LstmCellGradient.apply(
        rows,
        units,
        Memory.address(cPrevious, cPreviousOffset),
        Memory.address(c, cOffset),
        Memory.address(dh, dhOffset),
        Memory.address(dc, dcOffset),
        Memory.address(gates, gatesOffset));
  }
}
