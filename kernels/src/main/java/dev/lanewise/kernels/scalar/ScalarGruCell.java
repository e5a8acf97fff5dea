package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** One GRU timestep: the recurrent product, the gates and the state, each as its own plain loop. */
public final class ScalarGruCell implements GruCellKernel {

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
    long ldz = 4 * gateStride;
    long products = gatesOffset + gateStride; // of z, r and q
    recurrent
        .kernel()
        .multiplyAdd(rows, hPrevious, hPreviousOffset, recurrent, gateStride, gates, products, ldz);
    for (int row = 0; row < rows; row++) {
      for (int unit = recurrent.firstUnit(); unit < recurrent.endUnit(); unit++) {
        long at = gatesOffset + row * ldz + unit;
        long state = (long) row * units + unit;
        float z = ScalarMath.gateSigmoid(Floats.get(gates, at + gateStride));
        float r = ScalarMath.gateSigmoid(Floats.get(gates, at + 2 * gateStride));
        float q = Floats.get(gates, at + 3 * gateStride);
        float n = ScalarMath.gateTanh(Fma.of(r, q, Floats.get(gates, at)));
        Floats.set(gates, at, n);
        Floats.set(gates, at + gateStride, z);
        Floats.set(gates, at + 2 * gateStride, r);
        float previous = Floats.get(hPrevious, hPreviousOffset + state);
        Floats.set(h, hOffset + state, Fma.of(z, previous - n, n));
      }
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
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < units; unit++) {
        long at = gatesOffset + 4L * row * gateStride + unit;
        long state = (long) row * units + unit;
        float n = Floats.get(gates, at);
        float z = Floats.get(gates, at + gateStride);
        float r = Floats.get(gates, at + 2 * gateStride);
        float q = Floats.get(gates, at + 3 * gateStride);
        float d = Floats.get(dh, dhOffset + state) + Floats.get(carried, carriedOffset + state);
        float dn = d * (1f - z) * Fma.of(-n, n, 1f);
        float change = Floats.get(hPrevious, hPreviousOffset + state) - n;
        Floats.set(gates, at, dn);
        Floats.set(gates, at + gateStride, d * change * (z * (1f - z)));
        Floats.set(gates, at + 2 * gateStride, dn * q * (r * (1f - r)));
        Floats.set(gates, at + 3 * gateStride, dn * r);
        Floats.set(carried, carriedOffset + state, d * z);
      }
    }
  }
}
