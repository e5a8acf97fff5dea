package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a sum of absolute values. Offsets and lengths in elements. */
public interface SumOfMagnitudesKernel {

  /**
   * Sixteen interleaved chains of additions (element i joins chain i mod 16). They are added
   * pairwise (8 apart, 4, 2, 1). So it gives the same bits at every vector width.
   */
  float apply(long n, MemorySegment x, long xOffset);
}
