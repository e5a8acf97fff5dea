package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a sum over rows. Offsets and lengths in elements. */
public interface ColumnSumsKernel {

  /** {@code y[j] += sum over i of x[i, j]}, i ascending; row i at {@code xOffset + i * ldx}. */
  void apply(int m, int n, MemorySegment x, long xOffset, long ldx, MemorySegment y, long yOffset);
}
