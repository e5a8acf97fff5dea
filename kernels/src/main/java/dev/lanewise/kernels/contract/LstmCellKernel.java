package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of one LSTM timestep, forward and backward. */
public interface LstmCellKernel {

  /**
   * Completes the pre-activations with the recurrent product and runs the cell, strip by strip of
   * units.
   *
   * @param gateStride elements from gate to gate, at least {@code units}; in what is beyond those,
   *     a last strip that fits in is written whole
   * @param recurrent (units, 4 * units) packed in four blocks; gates and states of units that are
   *     not in its strips are not touched
   * @param gates (rows, 4, gateStride), gates i, f, g, o: in, {@code b + x_t W}; out, the activated
   *     gates
   * @param hPrevious (rows, units)
   * @param cPrevious (rows, units); may be {@code c}
   * @param c (rows, units), overwritten
   * @param h (rows, units), overwritten; must not overlap {@code hPrevious}
   */
  void forward(
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
      long hOffset);

  /**
   * The gradient of one timestep with respect to its pre-activations and to the cell state it began
   * from.
   *
   * @param gateStride as in {@link #forward}
   * @param c (rows, units), c_t
   * @param cPrevious (rows, units), c_{t-1}
   * @param dh (rows, units), gradient with respect to h_t
   * @param dc (rows, units): in, gradient with respect to c_t from the step after; out, with
   *     respect to c_{t-1}
   * @param gates (rows, 4, gateStride): in, the activated gates; out, the gradient dz
   * @param scratch (2 * units), garbage between calls
   */
  void backward(
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
      long scratchOffset);
}
