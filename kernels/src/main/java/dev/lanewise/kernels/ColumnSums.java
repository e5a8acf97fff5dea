package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ColumnSumsKernel;
import java.lang.foreign.MemorySegment;

/**
 * The sum of each column. Lengths and offsets in elements; thread-safe on disjoint outputs;
 * allocates nothing.
 */
public final class ColumnSums {

  private static final ColumnSumsKernel KERNEL = Kernels.SELECTED.columnSums();

  private ColumnSums() {}

  /**
   * {@code y[j] += sum over i of x[i, j]}, i ascending: the gradient of a bias.
   *
   * @param m rows
   * @param n columns
   * @param x (m, n), row-major. Not modified.
   * @param xOffset its first element
   * @param ldx distance between the rows of x
   * @param y (n). Accumulated into; must not overlap x.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, rows overlap, x and y do, or a segment
   *     is on the heap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      int m, int n, MemorySegment x, long xOffset, long ldx, MemorySegment y, long yOffset) {
    Operands.size("ColumnSums", "m", m);
    Operands.size("ColumnSums", "n", n);
    if (ldx < n) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension("ColumnSums", "ldx", ldx, "n", n, "x is row-major m x n"));
    }
    long xAt = Operands.input("ColumnSums", "x", x, xOffset, Operands.extent(m, n, ldx));
    long yAt = Operands.output("ColumnSums", "y", y, yOffset, n);
    Operands.disjoint("ColumnSums", "x", xAt, m, n, ldx, "y", yAt, 1, n, ldx);
    if (Held.isNeeded(x, y)) {
      Held.run(() -> KERNEL.apply(m, n, x, xOffset, ldx, y, yOffset), x, y);
    } else {
      KERNEL.apply(m, n, x, xOffset, ldx, y, yOffset);
      Held.untilHere(x, y);
    }
  }
}
