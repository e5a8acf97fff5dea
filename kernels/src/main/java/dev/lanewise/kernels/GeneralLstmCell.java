package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.AddScaledKernel;
import dev.lanewise.kernels.contract.CellStateKernel;
import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.MultiplyKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** The LSTM timestep with any activations, composed of the elementwise kernels row by row. */
final class GeneralLstmCell implements LstmCellKernel {

  private static final CellStateKernel CELL_STATE = Kernels.SELECTED.cellState();
  private static final MultiplyKernel MULTIPLY = Kernels.SELECTED.multiply();
  private static final AddScaledKernel ADD_SCALED = Kernels.SELECTED.addScaled();

  private final Activation activation;
  private final Activation recurrentActivation;

  GeneralLstmCell(Activation activation, Activation recurrentActivation) {
    this.activation = activation;
    this.recurrentActivation = recurrentActivation;
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
    long ldz = 4 * gateStride;
    recurrent
        .kernel()
        .multiplyAdd(
            rows, hPrevious, hPreviousOffset, recurrent, gateStride, gates, gatesOffset, ldz);
    int from = recurrent.firstUnit();
    int count = recurrent.endUnit() - from;
    for (int row = 0; row < rows; row++) {
      long state = (long) row * recurrent.k() + from;
      long i = gatesOffset + row * ldz + from;
      long f = i + gateStride;
      long g = f + gateStride;
      long o = g + gateStride;
      recurrentActivation.apply(count, gates, i, gates, i);
      recurrentActivation.apply(count, gates, f, gates, f);
      activation.apply(count, gates, g, gates, g);
      recurrentActivation.apply(count, gates, o, gates, o);
      CELL_STATE.apply(
          count,
          gates,
          f,
          cPrevious,
          cPreviousOffset + state,
          gates,
          i,
          gates,
          g,
          c,
          cOffset + state);
      activation.apply(count, c, cOffset + state, h, hOffset + state);
      MULTIPLY.apply(count, gates, o, h, hOffset + state, h, hOffset + state);
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
    Operands.gradientOfOutput("LstmCell", activation);
    Operands.gradientOfOutput("LstmCell", recurrentActivation);
    long first = scratchOffset;
    long second = scratchOffset + units;
    for (int row = 0; row < rows; row++) {
      long state = (long) row * units;
      long i = gatesOffset + 4L * row * gateStride;
      long f = i + gateStride;
      long g = f + gateStride;
      long o = g + gateStride;
      long dhRow = dhOffset + state;
      long dcRow = dcOffset + state;
      // first = a(c);  dc += dh * o * a'(c)
      activation.apply(units, c, cOffset + state, scratch, first);
      MULTIPLY.apply(units, dh, dhRow, gates, o, scratch, second);
      activation.gradient(units, scratch, first, scratch, second, scratch, second);
      ADD_SCALED.apply(units, 1f, scratch, second, dc, dcRow);
      // dzo = dh * a(c) * r'(o)
      MULTIPLY.apply(units, dh, dhRow, scratch, first, scratch, second);
      recurrentActivation.gradient(units, gates, o, scratch, second, gates, o);
      // first = dc * f, kept for c_{t-1};  dzf = dc * c_{t-1} * r'(f)
      MULTIPLY.apply(units, dc, dcRow, gates, f, scratch, first);
      MULTIPLY.apply(units, dc, dcRow, cPrevious, cPreviousOffset + state, scratch, second);
      recurrentActivation.gradient(units, gates, f, scratch, second, gates, f);
      // dzi = dc * g * r'(i);  dzg = dc * i * a'(g)
      MULTIPLY.apply(units, dc, dcRow, gates, g, scratch, second);
      MULTIPLY.apply(units, dc, dcRow, gates, i, dc, dcRow);
      recurrentActivation.gradient(units, gates, i, scratch, second, gates, i);
      activation.gradient(units, gates, g, dc, dcRow, gates, g);
      MemorySegment.copy(
          scratch, first * Float.BYTES, dc, dcRow * Float.BYTES, (long) units * Float.BYTES);
    }
  }
}
