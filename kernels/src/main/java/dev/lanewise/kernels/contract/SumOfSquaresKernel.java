package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a sum of squares. Offsets and lengths in elements. */
public interface SumOfSquaresKernel {

  /**
   * Sixteen interleaved chains of fused multiply-adds (element i joins chain i mod 16). They are
   * added pairwise (8 apart, 4, 2, 1). So it gives the same bits at every vector width.
   */
  float apply(long n, MemorySegment x, long xOffset);
}
