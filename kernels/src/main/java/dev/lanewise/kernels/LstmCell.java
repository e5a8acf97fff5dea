package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.LstmCellKernel;
import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/**
 * One timestep of an LSTM layer (Hochreiter and Schmidhuber, 1997; Gers et al., 2000), forward and
 * backward, for a number of sequences side by side.
 *
 * <pre>
 * z = (b + x_t W) + h_{t-1} U          the caller brings the bracket
 * i = r(zi)  f = r(zf)  g = a(zg)  o = r(zo)
 * c_t = f * c_{t-1} + i * g            h_t = o * a(c_t)
 * </pre>
 *
 * <p>A row is a sequence; rows are dense: gates (rows, 4, gateStride) in the order i, f, g, o,
 * states (rows, units). The gate stride is the units, or more where the cell was made so: what lies
 * between is padding, garbage after each call. A row's result is the same bits whatever rows are
 * beside it, and whatever the stride. With {@code r = sigmoid} and {@code a = tanh} product, gates
 * and cell are one pass. Offsets in elements; segments are off-heap; immutable and thread-safe;
 * allocates nothing in a step.
 */
public final class LstmCell {

  private static final String NAME = "LstmCell";

  /** Elements of 512 bytes: with such a stride, gates and rows would share few sets of a cache. */
  private static final int CONFLICT = 128;

  /** Elements of a line of the cache. */
  private static final int LINE = 16;

  /** The kernels reach from row to row of four gates by a distance of less than 256 MB. */
  static final int MOST_STRIDE = (1 << 24) - 1;

  private final int units;
  private final int gateStride;
  private final boolean fused;
  private final LstmCellKernel general;

  /**
   * A cell whose gates lie one after the other.
   *
   * @param units width of the states
   * @param activation a, of the candidate and of the output; Keras's {@code activation}
   * @param recurrentActivation r, of the gates; Keras's {@code recurrent_activation}
   * @throws IllegalArgumentException if units is negative or more than 2^24 - 1
   */
  public LstmCell(int units, Activation activation, Activation recurrentActivation) {
    this(units, units, activation, recurrentActivation);
  }

  /**
   * A cell whose gates lie apart.
   *
   * @param units width of the states
   * @param gateStride elements from gate to gate of a row, at least the units; {@link
   *     #fastGateStride} is the fastest
   * @param activation a, of the candidate and of the output; Keras's {@code activation}
   * @param recurrentActivation r, of the gates; Keras's {@code recurrent_activation}
   * @throws IllegalArgumentException if units is negative, or the stride less than it or more than
   *     2^24 - 1
   */
  public LstmCell(
      int units, int gateStride, Activation activation, Activation recurrentActivation) {
    Operands.gateStride(NAME, units, gateStride);
    this.units = units;
    this.gateStride = gateStride;
    this.fused = activation == Activation.TANH && recurrentActivation == Activation.SIGMOID;
    this.general = new GeneralLstmCell(activation, recurrentActivation);
  }

  /**
   * The gate stride with which a cell is fastest on this machine. It is whole vectors, so that last
   * units that fill half of one need no copy of their gates. It is no multiple of 512 bytes, with
   * which the gates of a batch would drive each other out of L1.
   *
   * @param units width of the states
   * @return elements from gate to gate
   * @throws IllegalArgumentException if units is negative or more than 2^24 - 1
   */
  public static int fastGateStride(int units) {
    Operands.size(NAME, "units", units);
    if (units > MOST_STRIDE) {
      throw new IllegalArgumentException(KernelErrors.tooManyUnits(NAME, units, MOST_STRIDE));
    }
    int whole = Math.ceilDiv(units, LINE) * LINE; // a line is one vector or several
    return whole % CONFLICT == 0 ? whole + LINE : whole;
  }

  /**
   * Elements from gate to gate of a row.
   *
   * @return elements from gate to gate of a row
   */
  public int gateStride() {
    return gateStride;
  }

  /**
   * What the caller of {@link #forward} brings: {@code gates = b + x W}.
   *
   * @param rows rows of x and gates
   * @param x (rows, features). Not modified.
   * @param xOffset its first element
   * @param kernel W (features, 4 * units), from {@link PackedMatrix#ofGates}; a {@link
   *     PackedMatrix#part} of it for the units in that part alone. Not modified.
   * @param bias b (4, gateStride), its padding included; zeros for none. Not modified.
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
  }

  /**
   * One step forward.
   *
   * @param rows sequences
   * @param recurrent U (units, 4 * units), from {@link PackedMatrix#ofGates}; a {@link
   *     PackedMatrix#part} of it for the units in that part alone. Not modified.
   * @param hPrevious h_{t-1} (rows, units). Not modified.
   * @param hPreviousOffset its first element
   * @param cPrevious c_{t-1} (rows, units). Not modified unless it is {@code c}.
   * @param cPreviousOffset its first element
   * @param gates (rows, 4, gateStride): in, {@code b + x_t W}, see {@link #project}; out, the
   *     activated gates, which {@link #backward} takes. Overwritten.
   * @param gatesOffset its first element
   * @param c c_t (rows, units). Overwritten; may be {@code cPrevious} itself.
   * @param cOffset its first element
   * @param h h_t (rows, units). Overwritten; must not overlap the others.
   * @param hOffset its first element
   * @throws IllegalArgumentException if sizes do not fit, or operands overlap but for c and
   *     cPrevious where they are the same
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public void forward(
      int rows,
      PackedMatrix recurrent,
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
    Operands.size(NAME, "rows", rows);
    checkGates("recurrent", recurrent, true);
    long n = (long) rows * units;
    long z = 4L * rows * gateStride;
    long hFrom = Operands.input(NAME, "hPrevious", hPrevious, hPreviousOffset, n);
    long cFrom = Operands.input(NAME, "cPrevious", cPrevious, cPreviousOffset, n);
    long zAt = Operands.output(NAME, "gates", gates, gatesOffset, z);
    long cTo = Operands.output(NAME, "c", c, cOffset, n);
    long hTo = Operands.output(NAME, "h", h, hOffset, n);
    String all = "every unit of h_t reads all of h_{t-1}";
    Operands.disjoint(NAME, "hPrevious", hFrom, n, "h", hTo, n, all);
    Operands.disjoint(NAME, "hPrevious", hFrom, n, "c", cTo, n);
    Operands.disjoint(NAME, "hPrevious", hFrom, n, "gates", zAt, z);
    Operands.disjoint(NAME, "cPrevious", cFrom, n, "h", hTo, n);
    Operands.disjoint(NAME, "cPrevious", cFrom, n, "gates", zAt, z);
    Operands.disjoint(NAME, "gates", zAt, z, "h", hTo, n);
    Operands.disjoint(NAME, "gates", zAt, z, "c", cTo, n);
    Operands.disjoint(NAME, "c", cTo, n, "h", hTo, n);
    Operands.sameOrDisjoint(NAME, "cPrevious", cFrom, "c", cTo, n);
    LstmCellKernel kernel = kernel(recurrent.format());
    PackedStrips u = recurrent.strips();
    if (Held.isNeeded(hPrevious, cPrevious, gates) || Held.isNeeded(u.memory(), c, h)) {
      Held.run(
          () ->
              kernel.forward(
                  rows,
                  gateStride,
                  u,
                  hPrevious,
                  hPreviousOffset,
                  cPrevious,
                  cPreviousOffset,
                  gates,
                  gatesOffset,
                  c,
                  cOffset,
                  h,
                  hOffset),
          u.memory(),
          hPrevious,
          cPrevious,
          gates,
          c,
          h);
    } else {
      kernel.forward(
          rows,
          gateStride,
          u,
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
      Held.untilHere(u.memory(), hPrevious, cPrevious);
      Held.untilHere(gates, c, h);
    }
  }

  /**
   * One step backward: from the gradients of h_t and c_t to those of the pre-activations and of
   * c_{t-1}. What remains, {@code dh_{t-1} = dz U^T}, {@code dx = dz W^T}, {@code dW += x^T dz},
   * {@code dU += h_{t-1}^T dz} and {@code db += sum of dz}, is {@link Sgemm} and {@link
   * ColumnSums}.
   *
   * @param rows sequences
   * @param cPrevious c_{t-1} (rows, units). Not modified.
   * @param cPreviousOffset its first element
   * @param c c_t (rows, units). Not modified.
   * @param cOffset its first element
   * @param dh gradient with respect to h_t (rows, units). Not modified.
   * @param dhOffset its first element
   * @param dc (rows, units): in, the gradient with respect to c_t that came from step t + 1; out,
   *     with respect to c_{t-1}. Overwritten.
   * @param dcOffset its first element
   * @param gates (rows, 4, gateStride): in, what {@link #forward} left; out, dz. Overwritten.
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
    Operands.size(NAME, "rows", rows);
    long n = (long) rows * units;
    long z = 4L * rows * gateStride;
    long w = 2L * units;
    long cFrom = Operands.input(NAME, "cPrevious", cPrevious, cPreviousOffset, n);
    long cAt = Operands.input(NAME, "c", c, cOffset, n);
    long dhAt = Operands.input(NAME, "dh", dh, dhOffset, n);
    long dcAt = Operands.output(NAME, "dc", dc, dcOffset, n);
    long zAt = Operands.output(NAME, "gates", gates, gatesOffset, z);
    long wAt = Operands.output(NAME, "scratch", scratch, scratchOffset, w);
    Operands.disjoint(NAME, "cPrevious", cFrom, n, "dc", dcAt, n);
    Operands.disjoint(NAME, "c", cAt, n, "dc", dcAt, n);
    Operands.disjoint(NAME, "dh", dhAt, n, "dc", dcAt, n);
    Operands.disjoint(NAME, "cPrevious", cFrom, n, "gates", zAt, z);
    Operands.disjoint(NAME, "c", cAt, n, "gates", zAt, z);
    Operands.disjoint(NAME, "dh", dhAt, n, "gates", zAt, z);
    Operands.disjoint(NAME, "dc", dcAt, n, "gates", zAt, z);
    Operands.disjoint(NAME, "cPrevious", cFrom, n, "scratch", wAt, w);
    Operands.disjoint(NAME, "c", cAt, n, "scratch", wAt, w);
    Operands.disjoint(NAME, "dh", dhAt, n, "scratch", wAt, w);
    Operands.disjoint(NAME, "dc", dcAt, n, "scratch", wAt, w);
    Operands.disjoint(NAME, "gates", zAt, z, "scratch", wAt, w);
    LstmCellKernel kernel = kernel(WeightFormat.FLOAT32);
    if (Held.isNeeded(cPrevious, c, dh) || Held.isNeeded(dc, gates, scratch)) {
      Held.run(
          () ->
              kernel.backward(
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
                  scratchOffset),
          cPrevious,
          c,
          dh,
          dc,
          gates,
          scratch);
    } else {
      kernel.backward(
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
      Held.untilHere(cPrevious, c, dh);
      Held.untilHere(dc, gates, scratch);
    }
  }

  private LstmCellKernel kernel(WeightFormat format) {
    return fused ? Kernels.lstmCell(format) : general;
  }

  private void checkGates(String name, PackedMatrix packed, boolean square) {
    if ((square && packed.k() != units) || packed.n() != 4 * units || packed.blocks() != 4) {
      String rows = square ? String.valueOf(units) : "features";
      String expected = "(" + rows + ", " + 4 * units + ") in gates";
      throw new IllegalArgumentException(KernelErrors.packedShape(NAME, name, packed, expected));
    }
    Operands.input(NAME, name, packed.memory(), 0, 0);
  }
}
