package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Steps of an LSTM, whose recurrent weights a product of the same format has packed. */
final class RelayLstmCell extends RelayCell<LstmCellKernel> implements LstmCellKernel {

  RelayLstmCell(LstmCellKernel first, LstmCellKernel last, SgemmKernel product) {
    super(first, last, product);
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
    runs(false, rows, recurrent.k(), recurrent.units(), 4)
        .forward(
            rows,
            gateStride,
            recurrent,
            hPrevious,
            hPreviousOffset,
            cPrevious,
            cPreviousOffset,
            gates,
            gatesOffset,
            c,
            cOffset,
            h,
            hOffset);
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
    runs(true, rows, units, units, 4)
        .backward(
            rows,
            units,
            gateStride,
            cPrevious,
            cPreviousOffset,
            c,
            cOffset,
            dh,
            dhOffset,
            dc,
            dcOffset,
            gates,
            gatesOffset,
            scratch,
            scratchOffset);
  }

  @Override
  Runnable rehearsal(RehearsalShape shape, Arena arena) {
    RelayLstmCell taken = new RelayLstmCell(last(), last(), product());
    taken.takeOver();
    int rows = shape.rows();
    int units = shape.units();
    long n = (long) rows * units;
    MemorySegment before = Operands.floats(n, arena);
    MemorySegment c = Operands.floats(n, arena);
    MemorySegment h = Operands.floats(n, arena);
    MemorySegment z = Operands.floats(4 * n, arena);
    if (shape.gradient()) {
      MemorySegment scratch = Operands.floats(2L * units, arena);
      return () ->
          taken.backward(rows, units, units, before, 0, c, 0, before, 0, h, 0, z, 0, scratch, 0);
    }
    PackedStrips u = RelaySgemm.strips(product(), units, units, 4, arena);
    MemorySegment after = Operands.floats(n, arena);
    return () -> taken.forward(rows, units, u, h, 0, before, 0, z, 0, c, 0, after, 0);
  }
}
