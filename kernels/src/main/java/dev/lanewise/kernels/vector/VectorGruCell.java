package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/**
 * One GRU timestep, a strip of units at a time: the recurrent product of the strip's three gates,
 * then their nonlinearities and the state while they are still in L1.
 */
public final class VectorGruCell implements GruCellKernel {

  private static final long STRIP_BYTES = 3 * Lanes.BYTES;

  @Override
  public void forward(
      int rows,
      long gateStride,
      PackedStrips recurrent,
      MemorySegment hPrevious,
      long hPreviousOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment h,
      long hOffset) {
    int units = recurrent.k();
    int endStrip = recurrent.end();
    long u = recurrent.memory().address();
    long previous = Memory.address(hPrevious, hPreviousOffset);
    long n = Memory.address(gates, gatesOffset);
    long output = Memory.address(h, hOffset);
    long apart = gateStride * Float.BYTES; // from gate to gate
    long rowOfZ = 4 * apart;
    long rowOfH = (long) units * Float.BYTES;
    long stripOfU = units * STRIP_BYTES;
    long step = Float.BYTES; // of A, the states before
    int endWhole = Math.min(endStrip, units / Lanes.COUNT);
    int strip = recurrent.first();
    if (rows == 1 && strip < endWhole) {
      int strips = endWhole - strip;
      long at = strip * Lanes.BYTES;
      long to = n + at + apart; // z
      long b = u + strip * stripOfU;
      SgemmRow.multiply(3, strips, units, previous, step, b, stripOfU, to, to, apart, Lanes.BYTES);
      GruGates.activate(n + at, apart, Lanes.BYTES, strips);
      GruState.update(n + at, apart, Lanes.BYTES, previous + at, output + at, Lanes.BYTES, strips);
      strip = endWhole;
    }
    int endInPlace = VectorSgemm.wholeStrips(recurrent, gateStride);
    for (; strip < endStrip; strip++) {
      long at = strip * Lanes.BYTES;
      long to = n + at + apart;
      long b = u + strip * stripOfU;
      int left = units - strip * Lanes.COUNT;
      boolean inPlace = strip < endInPlace;
      if (inPlace) {
        VectorSgemm.wholeK(
            3, rows, units, previous, rowOfH, step, b, to, rowOfZ, to, rowOfZ, apart);
      } else {
        SgemmEdge.multiply(
            rows,
            units,
            3,
            left,
            previous,
            rowOfH,
            step,
            b,
            STRIP_BYTES,
            to,
            rowOfZ,
            to,
            rowOfZ,
            apart);
      }
      if (strip < endWhole) {
        cells(rows, n + at, apart, previous + at, output + at, rowOfH);
      } else if (inPlace) {
        GruCellEdge.inPlace(rows, left, n + at, apart, previous + at, output + at, rowOfH);
      } else {
        GruCellEdge.forward(rows, left, n + at, apart, previous + at, output + at, rowOfH);
      }
    }
  }

  /** The nonlinearities and the states of one strip, under every row. */
  private static void cells(int rows, long n, long apart, long previous, long h, long rowOfH) {
    long rowOfZ = 4 * apart;
    int most = VectorLstmCell.rowsTogether(rows, apart);
    for (int first = 0; first < rows; first += most) {
      int some = Math.min(most, rows - first);
      long gates = n + first * rowOfZ;
      long at = first * rowOfH;
      GruGates.activate(gates, apart, rowOfZ, some);
      GruState.update(gates, apart, rowOfZ, previous + at, h + at, rowOfH, some);
    }
  }

  @Override
  public void backward(
      int rows,
      int units,
      long gateStride,
      MemorySegment hPrevious,
      long hPreviousOffset,
      MemorySegment dh,
      long dhOffset,
      MemorySegment carried,
      long carriedOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment scratch,
      long scratchOffset) {
    GruCellGradient.apply(
        rows,
        units,
        gateStride * Float.BYTES,
        Memory.address(hPrevious, hPreviousOffset),
        Memory.address(dh, dhOffset),
        Memory.address(carried, carriedOffset),
        Memory.address(gates, gatesOffset));
  }
}
