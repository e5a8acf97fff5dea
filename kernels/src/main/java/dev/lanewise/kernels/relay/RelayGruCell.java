package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Steps of a GRU, whose recurrent weights a product has packed. */
final class RelayGruCell extends RelayCell<GruCellKernel> implements GruCellKernel {

  RelayGruCell(GruCellKernel first, GruCellKernel last, SgemmKernel product) {
    super(first, last, product);
  }

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
    runs(false, rows, recurrent.k(), recurrent.units(), 3)
        .forward(
            rows,
            gateStride,
            recurrent,
            hPrevious,
            hPreviousOffset,
            gates,
            gatesOffset,
            h,
            hOffset);
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
    runs(true, rows, units, units, 3)
        .backward(
            rows,
            units,
            gateStride,
            hPrevious,
            hPreviousOffset,
            dh,
            dhOffset,
            carried,
            carriedOffset,
            gates,
            gatesOffset,
            scratch,
            scratchOffset);
  }

  @Override
  Runnable rehearsal(RehearsalShape shape, Arena arena) {
    RelayGruCell taken = new RelayGruCell(last(), last(), product());
    taken.takeOver();
    int rows = shape.rows();
    int units = shape.units();
    long n = (long) rows * units;
    MemorySegment before = Operands.floats(n, arena);
    MemorySegment h = Operands.floats(n, arena);
    MemorySegment z = Operands.floats(4 * n, arena);
    if (shape.gradient()) {
      MemorySegment carried = Operands.floats(n, arena);
      MemorySegment scratch = Operands.floats(2L * units, arena);
      return () ->
          taken.backward(rows, units, units, before, 0, h, 0, carried, 0, z, 0, scratch, 0);
    }
    PackedStrips u = RelaySgemm.strips(product(), units, units, 3, arena);
    return () -> taken.forward(rows, units, u, before, 0, z, 0, h, 0);
  }
}
