package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.GruCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/**
 * One timestep of a gated recurrent unit (Cho et al., 2014) whose reset gate applies after the
 * recurrent product, forward and backward, for a number of sequences side by side: Keras's {@code
 * reset_after}, cuDNN's and PyTorch's GRU, ONNX's with {@code linear_before_reset}.
 *
 * <pre>
 * z = s(bz + x_t Wz + h_{t-1} Uz + cz)    r = s(br + x_t Wr + h_{t-1} Ur + cr)
 * q = h_{t-1} Un + cn                     n = a(bn + x_t Wn + r * q)
 * h_t = n + z * (h_{t-1} - n)
 * </pre>
 *
 * <p>A row is a sequence; rows are dense: gates (rows, 4, gateStride) in the order n, z, r, q,
 * states (rows, units). So the input's three gates lie one after the other, and the recurrent
 * product's. The gate stride is the units, or more where the cell was made so: what lies between is
 * padding, garbage after each call. A row's result is the same bits whatever rows are beside it,
 * and whatever the stride. With {@code s = sigmoid} and {@code a = tanh} product, gates and cell
 * are one pass. Offsets in elements; segments are off-heap; immutable and thread-safe; allocates
 * nothing in a step.
 */
public final class GruCell {

  private static final GruCellKernel FUSED = Kernels.SELECTED.gruCell();
  private static final String NAME = "GruCell";

  private final int units;
  private final int gateStride;
  private final GruCellKernel kernel;

  /**
   * A cell.
   *
   * @param units width of the states
   * @param gateStride elements from gate to gate of a row, at least the units; {@link
   *     LstmCell#fastGateStride} is the fastest
   * @param activation a, of the candidate; Keras's {@code activation}
   * @param recurrentActivation s, of the gates z and r; Keras's {@code recurrent_activation}
   * @throws IllegalArgumentException if units is negative, or the stride less than it or more than
   *     2^24 - 1
   */
  public GruCell(int units, int gateStride, Activation activation, Activation recurrentActivation) {
    Operands.gateStride(NAME, units, gateStride);
    this.units = units;
    this.gateStride = gateStride;
    boolean fused = activation == Activation.TANH && recurrentActivation == Activation.SIGMOID;
    this.kernel = fused ? FUSED : new GeneralGruCell(activation, recurrentActivation);
  }

  /**
   * What the caller of {@link #forward} brings: the input's part of n, z and r, and in place of q
   * what it begins from.
   *
   * @param rows rows of x and gates
   * @param x (rows, features). Not modified.
   * @param xOffset its first element
   * @param kernel W (features, 3 * units), gates n, z, r, from {@link PackedMatrix#ofGates}; a
   *     {@link PackedMatrix#part} of it for the units in that part alone. Not modified.
   * @param bias bn, bz + cz, br + cr, cn (4, gateStride), its padding included; zeros for none. Not
   *     modified.
   * @param biasOffset its first element
   * @param gates (rows, 4, gateStride). Overwritten.
   * @param gatesOffset its first element
   * @throws IllegalArgumentException if sizes do not fit or gates overlap an input
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public void project(
      int rows,
      MemorySegment x,
      long xOffset,
      PackedMatrix kernel,
      MemorySegment bias,
      long biasOffset,
      MemorySegment gates,
      long gatesOffset) {
    Operands.size(NAME, "rows", rows);
    checkGates("kernel", kernel, false);
    int k = kernel.k();
    long row = 4L * gateStride;
    long in = (long) rows * k;
    long from = Operands.input(NAME, "x", x, xOffset, in);
    long start = Operands.input(NAME, "bias", bias, biasOffset, row);
    long to = Operands.output(NAME, "gates", gates, gatesOffset, rows * row);
    Operands.disjoint(NAME, "x", from, in, "gates", to, rows * row);
    Operands.disjoint(NAME, "bias", start, row, "gates", to, rows * row);
    Sgemm.run(
        rows, x, xOffset, k, 1, kernel, gateStride, bias, biasOffset, 0, gates, gatesOffset, row);
    long own = 3L * gateStride + kernel.firstUnit();
    long bytes = (long) (kernel.endUnit() - kernel.firstUnit()) * Float.BYTES;
    long first = (biasOffset + own) * Float.BYTES;
    for (int i = 0; i < rows; i++) {
      MemorySegment.copy(bias, first, gates, (gatesOffset + i * row + own) * Float.BYTES, bytes);
    }
  }

  /**
   * One step forward.
   *
   * @param rows sequences
   * @param recurrent U (units, 3 * units), gates z, r, n, from {@link PackedMatrix#ofGates}; a
   *     {@link PackedMatrix#part} of it for the units in that part alone. Not modified.
   * @param hPrevious h_{t-1} (rows, units). Not modified.
   * @param hPreviousOffset its first element
   * @param gates (rows, 4, gateStride): in, what {@link #project} left; out, the activated n, z and
   *     r, and q, which {@link #backward} takes. Overwritten.
   * @param gatesOffset its first element
   * @param h h_t (rows, units). Overwritten; must not overlap the others.
   * @param hOffset its first element
   * @throws IllegalArgumentException if sizes do not fit, or operands overlap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public void forward(
      int rows,
      PackedMatrix recurrent,
      MemorySegment hPrevious,
      long hPreviousOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment h,
      long hOffset) {
    Operands.size(NAME, "rows", rows);
    checkGates("recurrent", recurrent, true);
    long n = (long) rows * units;
    long z = 4L * rows * gateStride;
    long from = Operands.input(NAME, "hPrevious", hPrevious, hPreviousOffset, n);
    long zAt = Operands.output(NAME, "gates", gates, gatesOffset, z);
    long to = Operands.output(NAME, "h", h, hOffset, n);
    Operands.disjoint(NAME, "hPrevious", from, n, "h", to, n);
    Operands.disjoint(NAME, "hPrevious", from, n, "gates", zAt, z);
    Operands.disjoint(NAME, "gates", zAt, z, "h", to, n);
    PackedStrips u = recurrent.strips();
    if (Held.isNeeded(hPrevious, gates, h) || Held.isShared(u.memory())) {
      Held.run(
          () ->
              kernel.forward(
                  rows, gateStride, u, hPrevious, hPreviousOffset, gates, gatesOffset, h, hOffset),
          u.memory(),
          hPrevious,
          gates,
          h);
    } else {
      kernel.forward(
          rows, gateStride, u, hPrevious, hPreviousOffset, gates, gatesOffset, h, hOffset);
      Held.untilHere(u.memory(), hPrevious);
      Held.untilHere(gates, h);
    }
  }

  /**
   * One step backward: from the gradient of h_t to those of the pre-activations and of h_{t-1} past
   * the products. What remains are products: {@code dx = (dn, dz, dr) W^T}, {@code dh_{t-1} = (dz,
   * dr, dq) U^T + carried}, the weights' from the same two sets, and sums of their rows.
   *
   * @param rows sequences
   * @param hPrevious h_{t-1} (rows, units). Not modified.
   * @param hPreviousOffset its first element
   * @param dh gradient with respect to h_t (rows, units), but for {@code carried}. Not modified.
   * @param dhOffset its first element
   * @param carried (rows, units): in, the rest of that gradient, which the backward of step t + 1
   *     left; out, the same for step t - 1. Overwritten.
   * @param carriedOffset its first element
   * @param gates (rows, 4, gateStride): in, what {@link #forward} left; out, dn, dz, dr, dq.
   *     Overwritten.
   * @param gatesOffset its first element
   * @param scratch (2 * units), garbage between calls; not shared between threads. Overwritten.
   * @param scratchOffset its first element
   * @throws IllegalArgumentException if rows is negative, what is written overlaps an operand, or
   *     an activation {@link Activation#needsInput needs its input}
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public void backward(
      int rows,
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
    Operands.size(NAME, "rows", rows);
    long n = (long) rows * units;
    long z = 4L * rows * gateStride;
    long w = 2L * units;
    long from = Operands.input(NAME, "hPrevious", hPrevious, hPreviousOffset, n);
    long dhAt = Operands.input(NAME, "dh", dh, dhOffset, n);
    long cAt = Operands.output(NAME, "carried", carried, carriedOffset, n);
    long zAt = Operands.output(NAME, "gates", gates, gatesOffset, z);
    long wAt = Operands.output(NAME, "scratch", scratch, scratchOffset, w);
    Operands.disjoint(NAME, "hPrevious", from, n, "carried", cAt, n);
    Operands.disjoint(NAME, "hPrevious", from, n, "gates", zAt, z);
    Operands.disjoint(NAME, "hPrevious", from, n, "scratch", wAt, w);
    Operands.disjoint(NAME, "dh", dhAt, n, "carried", cAt, n);
    Operands.disjoint(NAME, "dh", dhAt, n, "gates", zAt, z);
    Operands.disjoint(NAME, "dh", dhAt, n, "scratch", wAt, w);
    Operands.disjoint(NAME, "carried", cAt, n, "gates", zAt, z);
    Operands.disjoint(NAME, "carried", cAt, n, "scratch", wAt, w);
    Operands.disjoint(NAME, "gates", zAt, z, "scratch", wAt, w);
    if (Held.isNeeded(hPrevious, dh, carried) || Held.isNeeded(gates, scratch)) {
      Held.run(
          () ->
              kernel.backward(
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
                  scratchOffset),
          hPrevious,
          dh,
          carried,
          gates,
          scratch);
    } else {
      kernel.backward(
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
      Held.untilHere(hPrevious, dh, carried);
      Held.untilHere(gates, scratch);
    }
  }

  private void checkGates(String name, PackedMatrix packed, boolean square) {
    if ((square && packed.k() != units)
        || packed.n() != 3 * units
        || packed.blocks() != 3
        || packed.format() != WeightFormat.FLOAT32) {
      String rows = square ? String.valueOf(units) : "features";
      String expected = "(" + rows + ", " + 3 * units + ") in 3 gates";
      throw new IllegalArgumentException(KernelErrors.packedShape(NAME, name, packed, expected));
    }
    Operands.input(NAME, name, packed.memory(), 0, 0);
  }
}
