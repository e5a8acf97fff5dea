package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.LstmCellKernel;
import java.lang.foreign.MemorySegment;

/** One LSTM timestep: the recurrent product, the gates and the cell, each as its own plain loop. */
public final class ScalarLstmCell implements LstmCellKernel {

  private final ScalarSgemm sgemm;

  /** Over the product that packed the recurrent kernel. */
  public ScalarLstmCell(ScalarSgemm sgemm) {
    this.sgemm = sgemm;
  }

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
    int n = 4 * units;
    sgemm.multiply(
        rows,
        n,
        units,
        4,
        firstStrip,
        endStrip,
        hPrevious,
        hPreviousOffset,
        units,
        1,
        recurrent,
        gates,
        gatesOffset,
        n,
        gates,
        gatesOffset,
        n);
    for (int row = 0; row < rows; row++) {
      for (int unit = firstStrip; unit < endStrip; unit++) { // a strip has one unit
        long at = gatesOffset + (long) row * n + unit;
        long state = (long) row * units + unit;
        float i = ScalarMath.gateSigmoid(Floats.get(gates, at));
        float f = ScalarMath.gateSigmoid(Floats.get(gates, at + units));
        float g = ScalarMath.gateTanh(Floats.get(gates, at + 2L * units));
        float o = ScalarMath.gateSigmoid(Floats.get(gates, at + 3L * units));
        float cNext = Math.fma(f, Floats.get(cPrevious, cPreviousOffset + state), i * g);
        Floats.set(gates, at, i);
        Floats.set(gates, at + units, f);
        Floats.set(gates, at + 2L * units, g);
        Floats.set(gates, at + 3L * units, o);
        Floats.set(c, cOffset + state, cNext);
        Floats.set(h, hOffset + state, o * ScalarMath.gateTanh(cNext));
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
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        long at = gatesOffset + 4L * row * units + unit;
        long state = (long) row * units + unit;
        float i = Floats.get(gates, at);
        float f = Floats.get(gates, at + units);
        float g = Floats.get(gates, at + 2L * units);
        float o = Floats.get(gates, at + 3L * units);
        float squashed = ScalarMath.gateTanh(Floats.get(c, cOffset + state));
        float dhNow = Floats.get(dh, dhOffset + state);
        float dcNow =
            Math.fma(
                dhNow * o, Math.fma(-squashed, squashed, 1f), Floats.get(dc, dcOffset + state));
        Floats.set(gates, at, dcNow * g * (i * (1f - i)));
        Floats.set(
            gates,
            at + units,
            dcNow * Floats.get(cPrevious, cPreviousOffset + state) * (f * (1f - f)));
        Floats.set(gates, at + 2L * units, dcNow * i * Math.fma(-g, g, 1f));
        Floats.set(gates, at + 3L * units, dhNow * squashed * (o * (1f - o)));
        Floats.set(dc, dcOffset + state, dcNow * f);
      }
    }
  }
}
