package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.AddScaledKernel;
import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.MultiplyKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/** The GRU timestep with any activations, composed of the elementwise kernels row by row. */
final class GeneralGruCell implements GruCellKernel {

  private static final MultiplyKernel MULTIPLY = Kernels.SELECTED.multiply();
  private static final AddScaledKernel ADD_SCALED = Kernels.SELECTED.addScaled();

  private final Activation activation;
  private final Activation recurrentActivation;

  GeneralGruCell(Activation activation, Activation recurrentActivation) {
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
      MemorySegment gates,
      long gatesOffset,
      MemorySegment h,
      long hOffset) {
    long ldz = 4 * gateStride;
    long products = gatesOffset + gateStride; // of z, r and q
    recurrent
        .kernel()
        .multiplyAdd(rows, hPrevious, hPreviousOffset, recurrent, gateStride, gates, products, ldz);
    int from = recurrent.firstUnit();
    int count = recurrent.endUnit() - from;
    for (int row = 0; row < rows; row++) {
      long n = gatesOffset + row * ldz + from;
      long z = n + gateStride;
      long r = z + gateStride;
      long q = r + gateStride;
      long state = (long) row * recurrent.k() + from;
      long previous = hPreviousOffset + state;
      long to = hOffset + state;
      recurrentActivation.apply(count, gates, z, gates, z);
      recurrentActivation.apply(count, gates, r, gates, r);
      // n = a(n + r * q)
      MULTIPLY.apply(count, gates, r, gates, q, h, to);
      ADD_SCALED.apply(count, 1f, h, to, gates, n);
      activation.apply(count, gates, n, gates, n);
      // h = n + z * (h_{t-1} - n)
      copy(count, hPrevious, previous, h, to);
      ADD_SCALED.apply(count, -1f, gates, n, h, to);
      MULTIPLY.apply(count, gates, z, h, to, h, to);
      ADD_SCALED.apply(count, 1f, gates, n, h, to);
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
    Operands.gradientOfOutput("GruCell", activation);
    Operands.gradientOfOutput("GruCell", recurrentActivation);
    long first = scratchOffset;
    long second = scratchOffset + units;
    for (int row = 0; row < rows; row++) {
      long state = (long) row * units;
      long n = gatesOffset + 4L * row * gateStride;
      long z = n + gateStride;
      long r = z + gateStride;
      long q = r + gateStride;
      long d = carriedOffset + state;
      ADD_SCALED.apply(units, 1f, dh, dhOffset + state, carried, d);
      // first = d * (h_{t-1} - n);  second = d * z, kept for h_{t-1};  dz = first * r'(z)
      copy(units, hPrevious, hPreviousOffset + state, scratch, first);
      ADD_SCALED.apply(units, -1f, gates, n, scratch, first);
      MULTIPLY.apply(units, carried, d, scratch, first, scratch, first);
      MULTIPLY.apply(units, carried, d, gates, z, scratch, second);
      recurrentActivation.gradient(units, gates, z, scratch, first, gates, z);
      // dn = (d - d * z) * a'(n)
      ADD_SCALED.apply(units, -1f, scratch, second, carried, d);
      activation.gradient(units, gates, n, carried, d, gates, n);
      copy(units, scratch, second, carried, d);
      // dq = dn * r;  dr = dn * q * r'(r)
      MULTIPLY.apply(units, gates, n, gates, q, scratch, first);
      MULTIPLY.apply(units, gates, n, gates, r, gates, q);
      recurrentActivation.gradient(units, gates, r, scratch, first, gates, r);
    }
  }

  private static void copy(
      long n, MemorySegment from, long fromOffset, MemorySegment to, long toOffset) {
    MemorySegment.copy(from, fromOffset * Float.BYTES, to, toOffset * Float.BYTES, n * Float.BYTES);
  }
}
