package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.STRIP_BYTES;

import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/**
 * One LSTM timestep, a strip of units at a time. It is the recurrent product of the strip's four
 * gates, then their nonlinearities and the cell while they are still in L1.
 */
public sealed class VectorLstmCell implements LstmCellKernel permits VectorNarrowLstmCell {

  /**
   * Rows that the cell's loops pass over one after the other. Where the units are a power of two,
   * the gates of all rows share a few sets of L1. With more rows each loop would find them gone.
   */
  private static final int ROWS = 8;

  /** With this distance from gate to gate they share one set, and fewer rows do not help. */
  private static final long WAY = 4096;

  @Override
  public void forward(
      int rows,
      long gateStride,
      PackedStrips recurrent,
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
    int units = recurrent.k();
    int endStrip = recurrent.end();
    long u = recurrent.memory().address();
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
    int strip = recurrent.first();
    if (rows == 1 && strip < endWhole) {
      int strips = endWhole - strip;
      long at = strip * Lanes.BYTES;
      long b = u + strip * stripOfU;
      SgemmRow.multiply(
          4, strips, units, a, Float.BYTES, b, stripOfU, z + at, z + at, apart, Lanes.BYTES);
      LstmGates.activate(z + at, apart, Lanes.BYTES, strips);
      LstmState.update(
          z + at, apart, Lanes.BYTES, previous + at, state + at, output + at, Lanes.BYTES, strips);
      strip = endWhole;
    }
    int endInPlace = VectorSgemm.wholeStrips(recurrent, gateStride);
    for (; strip < endStrip; strip++) {
      long at = strip * Lanes.BYTES;
      long b = u + strip * stripOfU;
      long to = z + at;
      int left = units - strip * Lanes.COUNT;
      boolean inPlace = strip < endInPlace;
      if (inPlace) {
        VectorSgemm.wholeK(
            4, rows, units, a, rowOfH, Float.BYTES, b, to, rowOfZ, to, rowOfZ, apart);
      }
      if (strip < endWhole) {
        cells(rows, to, apart, previous + at, state + at, output + at, rowOfH);
      } else if (inPlace) {
        LstmCellEdge.inPlace(rows, left, to, apart, previous + at, state + at, output + at, rowOfH);
      } else {
        LstmCellEdge.forward(
            rows, units, left, a, b, to, apart, previous + at, state + at, output + at, rowOfH);
      }
    }
  }

  /** The rows of a strip that each loop of the cell passes over, of so many. */
  static int rowsTogether(int rows, long apart) {
    return apart % WAY == 0 ? Math.max(1, rows) : ROWS;
  }

  /** The nonlinearities and the states of one strip, under every row. */
  static void cells(int rows, long z, long apart, long previous, long c, long h, long rowOfH) {
    long rowOfZ = 4 * apart;
    int most = rowsTogether(rows, apart);
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      long gates = z + first * rowOfZ;
      long at = first * rowOfH;
      LstmGates.activate(gates, apart, rowOfZ, some);
      LstmState.update(gates, apart, rowOfZ, previous + at, c + at, h + at, rowOfH, some);
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
      long gatesOffset,
      MemorySegment scratch,
      long scratchOffset) {
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
