package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.TransposeKernel;
import java.lang.foreign.MemorySegment;

/**
 * A transposing copy of elements of 4 bytes, which keeps every bit. Lengths and offsets in
 * elements; thread-safe on disjoint outputs; allocates nothing.
 */
public final class Transpose {

  private static final String NAME = "Transpose";
  private static final TransposeKernel KERNEL = Kernels.SELECTED.transpose();

  private Transpose() {}

  /**
   * {@code B[j, i] = A[i, j]}.
   *
   * @param rows of A, columns of B
   * @param columns of A, rows of B
   * @param a A (rows, columns), rows {@code lda} apart. Not modified.
   * @param aOffset its first element
   * @param lda {@code columns} or more
   * @param b B (columns, rows), rows {@code ldb} apart. Overwritten; must not overlap A.
   * @param bOffset its first element
   * @param ldb {@code rows} or more
   * @throws IllegalArgumentException if a size is negative, rows overlap, A and B do, or a segment
   *     is on the heap or B's is read-only
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long rows,
      long columns,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb) {
    Operands.size(NAME, "rows", rows);
    Operands.size(NAME, "columns", columns);
    if (lda < columns) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(NAME, "lda", lda, "columns", columns, "A is row-major"));
    }
    if (ldb < rows) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(NAME, "ldb", ldb, "rows", rows, "B is row-major"));
    }
    long aAt = Operands.input(NAME, "a", a, aOffset, Operands.extent(rows, columns, lda));
    long bAt = Operands.output(NAME, "b", b, bOffset, Operands.extent(columns, rows, ldb));
    Operands.disjoint(NAME, "a", aAt, rows, columns, lda, "b", bAt, columns, rows, ldb);
    if (Held.isNeeded(a, b)) {
      Held.run(() -> KERNEL.apply(rows, columns, a, aOffset, lda, b, bOffset, ldb), a, b);
    } else {
      KERNEL.apply(rows, columns, a, aOffset, lda, b, bOffset, ldb);
      Held.untilHere(a, b);
    }
  }
}
