package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of the LSTM cell update on its own. Offsets and lengths in elements. */
public interface CellStateKernel {

  /**
   * {@code c = f * cPrevious + i * g}, as {@code fma(f, cPrevious, i * g)}; {@code c} may be {@code
   * cPrevious}.
   */
  void apply(
      long n,
      MemorySegment f,
      long fOffset,
      MemorySegment cPrevious,
      long cPreviousOffset,
      MemorySegment i,
      long iOffset,
      MemorySegment g,
      long gOffset,
      MemorySegment c,
      long cOffset);
}
