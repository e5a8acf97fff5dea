package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of one GRU timestep, reset after the product, forward and backward. */
public interface GruCellKernel {

  /**
   * Completes the pre-activations with the recurrent product and runs the cell, strip by strip of
   * units.
   *
   * @param gateStride elements from gate to gate, at least {@code units}; in what is beyond those,
   *     a last strip that fits in is written whole
   * @param recurrent (units, 3 * units), z, r, n, packed in three blocks; gates and states of units
   *     that are not in its strips are not touched
   * @param hPrevious (rows, units)
   * @param gates (rows, 4, gateStride), n, z, r, q: in, the input's part of n, z and r, and what q
   *     begins from; out, the activated n, z and r, and {@code q}
   * @param h (rows, units), overwritten; must not overlap {@code hPrevious}
   */
  void forward(
      int rows,
      long gateStride,
      PackedStrips recurrent,
      MemorySegment hPrevious,
      long hPreviousOffset,
      MemorySegment gates,
      long gatesOffset,
      MemorySegment h,
      long hOffset);

  /**
   * The gradient of one timestep with respect to its pre-activations.
   *
   * @param gateStride as in {@link #forward}
   * @param hPrevious (rows, units), h_{t-1}
   * @param dh (rows, units), gradient with respect to h_t but for {@code carried}
   * @param carried (rows, units): in, the rest of that gradient; out, the part of the gradient with
   *     respect to h_{t-1} that goes past the products
   * @param gates (rows, 4, gateStride): in, as {@link #forward} left them; out, dn, dz, dr, dq
   * @param scratch (2 * units), garbage between calls
   */
  void backward(
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
      long scratchOffset);
}
