package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** One LSTM timestep: the recurrent product, the gates and the cell, each as its own plain loop. */
public final class ScalarLstmCell implements LstmCellKernel {

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
    long ldz = 4 * gateStride;
    recurrent
        .kernel()
        .multiplyAdd(
            rows, hPrevious, hPreviousOffset, recurrent, gateStride, gates, gatesOffset, ldz);
    for (int row = 0; row < rows; row++) {
      for (int unit = recurrent.firstUnit(); unit < recurrent.endUnit(); unit++) {
        long at = gatesOffset + row * ldz + unit;
        long state = (long) row * units + unit;
        float i = ScalarMath.gateSigmoid(Floats.get(gates, at));
        float f = ScalarMath.gateSigmoid(Floats.get(gates, at + gateStride));
        float g = ScalarMath.gateTanh(Floats.get(gates, at + 2 * gateStride));
        float o = ScalarMath.gateSigmoid(Floats.get(gates, at + 3 * gateStride));
        float cNext = Fma.of(f, Floats.get(cPrevious, cPreviousOffset + state), i * g);
        Floats.set(gates, at, i);
        Floats.set(gates, at + gateStride, f);
        Floats.set(gates, at + 2 * gateStride, g);
        Floats.set(gates, at + 3 * gateStride, o);
        Floats.set(c, cOffset + state, cNext);
        Floats.set(h, hOffset + state, o * ScalarMath.gateTanh(cNext));
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
      long gatesOffset,
      MemorySegment scratch,
      long scratchOffset) {
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        long at = gatesOffset + 4L * row * gateStride + unit;
        long state = (long) row * units + unit;
        float i = Floats.get(gates, at);
        float f = Floats.get(gates, at + gateStride);
        float g = Floats.get(gates, at + 2 * gateStride);
        float o = Floats.get(gates, at + 3 * gateStride);
        float squashed = ScalarMath.gateTanh(Floats.get(c, cOffset + state));
        float dhNow = Floats.get(dh, dhOffset + state);
        float dcNow =
            Fma.of(dhNow * o, Fma.of(-squashed, squashed, 1f), Floats.get(dc, dcOffset + state));
        Floats.set(gates, at, dcNow * g * (i * (1f - i)));
        Floats.set(
            gates,
            at + gateStride,
            dcNow * Floats.get(cPrevious, cPreviousOffset + state) * (f * (1f - f)));
        Floats.set(gates, at + 2 * gateStride, dcNow * i * Fma.of(-g, g, 1f));
        Floats.set(gates, at + 3 * gateStride, dhNow * squashed * (o * (1f - o)));
        Floats.set(dc, dcOffset + state, dcNow * f);
      }
    }
  }
}
