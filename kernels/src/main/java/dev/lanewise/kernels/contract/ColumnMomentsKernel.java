package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * The unchecked bodies of means and variances of columns. Offsets and lengths in elements; row i at
 * {@code xOffset + i * ldx}.
 *
 * <p>The workspace holds n sums, then n sums of squares, as doubles: 4 n elements.
 */
public interface ColumnMomentsKernel {

  /** {@code sum[j] += x[i, j]} in double, i ascending. */
  void addSums(
      int m,
      int n,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset);

  /**
   * {@code squares[j] += (x[i, j] - sum[j] / count)^2} in double, one fused multiply-add an
   * element, i ascending.
   */
  void addSquares(
      int m,
      int n,
      long count,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset);

  /** {@code mean[j] = sum[j] / count; variance[j] = squares[j] / count}, rounded to float once. */
  void moments(
      int n,
      long count,
      MemorySegment workspace,
      long workspaceOffset,
      MemorySegment mean,
      long meanOffset,
      MemorySegment variance,
      long varianceOffset);
}
