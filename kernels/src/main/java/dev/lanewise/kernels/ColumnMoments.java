package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ColumnMomentsKernel;
import java.lang.foreign.MemorySegment;

/**
 * The mean and the biased variance of each column, in two passes in double:
 *
 * <pre>
 * sum[j] += x[i, j]                                addSums, over all rows
 * squares[j] += (x[i, j] - sum[j] / count)^2       addSquares, over all rows again
 * mean[j] = sum[j] / count                         moments
 * variance[j] = squares[j] / count
 * </pre>
 *
 * <p>Rows join in ascending order. Calls may share them, so that rows of padding are left out, and
 * threads may share the columns: the bits stay the same.
 *
 * <p>A workspace holds n sums, then n sums of squares, as doubles: 4 n elements, zeros at first.
 * Lengths and offsets in elements; thread-safe on disjoint outputs; allocates nothing.
 */
public final class ColumnMoments {

  private static final String NAME = "ColumnMoments";
  private static final ColumnMomentsKernel KERNEL = Kernels.SELECTED.columnMoments();

  private ColumnMoments() {}

  /**
   * The first pass: adds rows to the sums.
   *
   * @param m rows
   * @param n columns
   * @param x (m, n), row-major. Not modified.
   * @param xOffset its first element
   * @param ldx distance between the rows of x
   * @param workspace (4 n). Its sums are accumulated into.
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if a size is negative, rows overlap, x and workspace do, or a
   *     segment is on the heap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void addSums(
      int m,
      int n,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset) {
    check(m, n, x, xOffset, ldx, workspace, workspaceOffset);
    if (Held.isNeeded(x, workspace)) {
      Held.run(
          () -> KERNEL.addSums(m, n, x, xOffset, ldx, workspace, workspaceOffset), x, workspace);
    } else {
      KERNEL.addSums(m, n, x, xOffset, ldx, workspace, workspaceOffset);
      Held.untilHere(x, workspace);
    }
  }

  /**
   * The second pass, once the sums are whole: adds rows to the sums of squares.
   *
   * @param m rows
   * @param n columns
   * @param count the rows of all calls together
   * @param x (m, n), row-major. Not modified.
   * @param xOffset its first element
   * @param ldx distance between the rows of x
   * @param workspace (4 n). Its sums of squares are accumulated into.
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if a size is negative, count is less than 1, rows overlap, x
   *     and workspace do, or a segment is on the heap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void addSquares(
      int m,
      int n,
      long count,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset) {
    check(m, n, x, xOffset, ldx, workspace, workspaceOffset);
    count(count);
    if (Held.isNeeded(x, workspace)) {
      Held.run(
          () -> KERNEL.addSquares(m, n, count, x, xOffset, ldx, workspace, workspaceOffset),
          x,
          workspace);
    } else {
      KERNEL.addSquares(m, n, count, x, xOffset, ldx, workspace, workspaceOffset);
      Held.untilHere(x, workspace);
    }
  }

  /**
   * What both passes come to, rounded to float once.
   *
   * @param n columns
   * @param count the rows of all calls together
   * @param workspace (4 n). Not modified.
   * @param workspaceOffset its first element
   * @param mean (n). Overwritten.
   * @param meanOffset its first element
   * @param variance (n). Overwritten.
   * @param varianceOffset its first element
   * @throws IllegalArgumentException if n is negative, count is less than 1, operands overlap, or a
   *     segment is on the heap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void moments(
      int n,
      long count,
      MemorySegment workspace,
      long workspaceOffset,
      MemorySegment mean,
      long meanOffset,
      MemorySegment variance,
      long varianceOffset) {
    Operands.size(NAME, "n", n);
    count(count);
    long extent = 4L * n;
    long workspaceAt = Operands.input(NAME, "workspace", workspace, workspaceOffset, extent);
    long meanAt = Operands.output(NAME, "mean", mean, meanOffset, n);
    long varianceAt = Operands.output(NAME, "variance", variance, varianceOffset, n);
    Operands.disjoint(NAME, "workspace", workspaceAt, extent, "mean", meanAt, n);
    Operands.disjoint(NAME, "workspace", workspaceAt, extent, "variance", varianceAt, n);
    Operands.disjoint(NAME, "mean", meanAt, n, "variance", varianceAt, n);
    if (Held.isNeeded(workspace, mean, variance)) {
      Held.run(
          () ->
              KERNEL.moments(
                  n, count, workspace, workspaceOffset, mean, meanOffset, variance, varianceOffset),
          workspace,
          mean,
          variance);
    } else {
      KERNEL.moments(
          n, count, workspace, workspaceOffset, mean, meanOffset, variance, varianceOffset);
      Held.untilHere(workspace, mean, variance);
    }
  }

  private static void check(
      int m,
      int n,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset) {
    Operands.size(NAME, "m", m);
    Operands.size(NAME, "n", n);
    if (ldx < n) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(NAME, "ldx", ldx, "n", n, "x is row-major m x n"));
    }
    long extent = Operands.extent(m, n, ldx);
    long xAt = Operands.input(NAME, "x", x, xOffset, extent);
    long workspaceAt = Operands.output(NAME, "workspace", workspace, workspaceOffset, 4L * n);
    Operands.disjoint(NAME, "x", xAt, extent, "workspace", workspaceAt, 4L * n);
  }

  private static void count(long count) {
    if (count < 1) {
      throw new IllegalArgumentException(KernelErrors.count(count));
    }
  }
}
