package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/**
 * One LSTM timestep with a recurrent kernel narrower than floats: as {@link VectorLstmCell}, but
 * for the product.
 */
final class VectorNarrowLstmCell extends VectorLstmCell {

  private final NarrowStrips weights;
  private final VectorNarrowSgemm sgemm;

  VectorNarrowLstmCell(NarrowStrips weights) {
    this.weights = weights;
    this.sgemm = new VectorNarrowSgemm(weights);
  }

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
    int firstStrip = recurrent.first();
    int endStrip = recurrent.end();
    long a = Memory.address(hPrevious, hPreviousOffset);
    long previous = Memory.address(cPrevious, cPreviousOffset);
    long z = Memory.address(gates, gatesOffset);
    long state = Memory.address(c, cOffset);
    long output = Memory.address(h, hOffset);
    long apart = gateStride * Float.BYTES; // from gate to gate
    long rowOfZ = 4 * apart;
    long rowOfH = (long) units * Float.BYTES;
    long stripOfU = weights.stripBytes(units);
    long b = recurrent.memory().address();
    int endWhole = Math.min(endStrip, units / Lanes.COUNT);
    int whole = endWhole - firstStrip;
    long from = firstStrip * Lanes.BYTES;
    long begin = z + from;
    boolean few = rows <= VectorNarrowSgemm.FEW_ROWS;
    if (few) {
      long first = b + firstStrip * stripOfU;
      sgemm.few(
          4, rows, units, a, rowOfH, Float.BYTES, first, whole, begin, rowOfZ, apart, Lanes.BYTES);
    }
    if (rows == 1) {
      LstmGates.activate(begin, apart, Lanes.BYTES, whole);
      LstmState.update(
          begin,
          apart,
          Lanes.BYTES,
          previous + from,
          state + from,
          output + from,
          Lanes.BYTES,
          whole);
    } else {
      for (int strip = firstStrip; strip < endWhole; strip++) {
        long at = strip * Lanes.BYTES;
        if (!few) {
          sgemm.strip(
              rows, units, a, rowOfH, Float.BYTES, b + strip * stripOfU, z + at, rowOfZ, apart);
        }
        cells(rows, z + at, apart, previous + at, state + at, output + at, rowOfH);
      }
    }
    if (endWhole < endStrip) {
      long at = endWhole * Lanes.BYTES;
      long last = b + endWhole * stripOfU;
      int left = units - endWhole * Lanes.COUNT;
      long to = z + at;
      if (endWhole < VectorSgemm.wholeStrips(recurrent, gateStride)) {
        sgemm.strip(rows, units, a, rowOfH, Float.BYTES, last, to, rowOfZ, apart);
        LstmCellEdge.inPlace(rows, left, to, apart, previous + at, state + at, output + at, rowOfH);
      } else {
        sgemm.edge(rows, units, 4, left, a, rowOfH, Float.BYTES, last, to, rowOfZ, apart);
        LstmCellEdge.forward( // of no steps: the product is there
            rows, 0, left, a, b, to, apart, previous + at, state + at, output + at, rowOfH);
      }
    }
  }
}
