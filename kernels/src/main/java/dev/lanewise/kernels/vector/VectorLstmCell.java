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
      long gateStride,
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
    long apart = gateStride * Float.BYTES; // from gate to gate
    long rowOfZ = 4 * apart;
    long rowOfH = (long) units * Float.BYTES;
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
      VectorSgemm.wholeK(rows, units, a, rowOfH, Float.BYTES, b, to, rowOfZ, to, rowOfZ, apart);
      cells(rows, to, apart, previous + at, state + at, output + at, rowOfH);
    }
    if (strip < endStrip) {
      long at = strip * Lanes.BYTES;
      long b = recurrent.address() + strip * stripOfU;
      int left = units - strip * Lanes.COUNT;
      edge(
          rows,
          units,
          left,
          strip < VectorSgemm.wholeStrips(4 * units, 4, gateStride, endStrip),
          a,
          rowOfH,
          b,
          z + at,
          apart,
          previous + at,
          state + at,
          output + at);
    }
  }

  /** The nonlinearities and the states of one strip, under every row. */
  static void cells(int rows, long z, long apart, long previous, long c, long h, long rowOfH) {
    long rowOfZ = 4 * apart;
    int most = apart % WAY == 0 ? Math.max(1, rows) : ROWS;
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      long gates = z + first * rowOfZ;
      long at = first * rowOfH;
      LstmGates.activate(gates, apart, rowOfZ, some);
      LstmState.update(gates, apart, rowOfZ, previous + at, c + at, h + at, rowOfH, some);
    }
  }

  /**
   * The last units, too few for a vector of the states: a few rows at a time in scratch, where they
   * are laid out as if there were enough.
   *
   * @param steps of the product: the units, or 0 where z holds it already
   * @param inPlace whether there are enough in z
   */
  static void edge(
      int rows,
      int steps,
      int left,
      boolean inPlace,
      long a,
      long rowOfH,
      long b,
      long z,
      long apart,
      long previous,
      long c,
      long h) {
    long rowOfZ = 4 * apart;
    long tile = Scratch.address();
    long cBefore = tile + Scratch.ROWS * STRIP_BYTES;
    long cAfter = cBefore + Scratch.ROWS * Lanes.BYTES;
    long hAfter = cAfter + Scratch.ROWS * Lanes.BYTES;
    long gateApart = inPlace ? apart : Lanes.BYTES;
    long gateRow = inPlace ? rowOfZ : STRIP_BYTES;
    for (int row = 0; row < rows; row += Scratch.ROWS) {
      int some = Math.min(Scratch.ROWS, rows - row);
      long gates = inPlace ? z + row * rowOfZ : tile;
      for (int i = 0; i < some; i++) {
        Scratch.copy(previous + (row + i) * rowOfH, cBefore + i * Lanes.BYTES, left);
        for (int gate = 0; gate < 4 && !inPlace; gate++) {
          long from = z + (row + i) * rowOfZ + gate * apart;
          Scratch.copy(from, tile + i * STRIP_BYTES + gate * Lanes.BYTES, left);
        }
      }
      VectorSgemm.strip(
          some,
          steps,
          a + row * rowOfH,
          rowOfH,
          Float.BYTES,
          b,
          gates,
          gateRow,
          gates,
          gateRow,
          gateApart);
      LstmGates.activate(gates, gateApart, gateRow, some);
      LstmState.update(gates, gateApart, gateRow, cBefore, cAfter, hAfter, Lanes.BYTES, some);
      for (int i = 0; i < some; i++) {
        Scratch.copy(cAfter + i * Lanes.BYTES, c + (row + i) * rowOfH, left);
        Scratch.copy(hAfter + i * Lanes.BYTES, h + (row + i) * rowOfH, left);
        for (int gate = 0; gate < 4 && !inPlace; gate++) {
          long to = z + (row + i) * rowOfZ + gate * apart;
          Scratch.copy(tile + i * STRIP_BYTES + gate * Lanes.BYTES, to, left);
        }
      }
    }
  }

  @Override
  public void backward(
      int rows,
      int units,
      long gateStride,
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
        gateStride * Float.BYTES,
        Memory.address(cPrevious, cPreviousOffset),
        Memory.address(c, cOffset),
        Memory.address(dh, dhOffset),
        Memory.address(dc, dcOffset),
        Memory.address(gates, gatesOffset));
  }
}
