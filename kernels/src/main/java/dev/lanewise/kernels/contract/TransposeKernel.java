package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a transposing copy. Lengths and offsets in elements. */
public interface TransposeKernel {

  /** {@code B[j, i] = A[i, j]}; A and B do not overlap. */
  void apply(
      long rows,
      long columns,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb);
}
