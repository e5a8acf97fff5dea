package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.PackedStrips;
import dev.lanewise.kernels.contract.SgemmKernel;
import java.lang.foreign.MemorySegment;

/**
 * Single-precision matrix product with a packed right operand: {@code C = A * B}, {@code C += A *
 * B}, {@code C = bias + A * B}, and the same with A transposed.
 *
 * <p>Each element of C is one chain of fused multiply-adds that begins at 0, at C or at the bias
 * and takes k in ascending order: the same bits whatever the implementation, the number of rows, or
 * how the rows are shared out among threads; and a product over k cut in two, the second half
 * added, is the same chain.
 *
 * <p>Offsets and leading dimensions are in elements. Segments are off-heap. C must not overlap A.
 * Thread-safe; allocates nothing.
 */
public final class Sgemm {

  private static final SgemmKernel KERNEL = Kernels.SELECTED.sgemm();

  private Sgemm() {}

  /**
   * Columns of B that a vector holds: the kernels take no longer for some of them than for all.
   *
   * @return columns, 1 of the scalar kernels
   */
  public static int vectorColumns() {
    return KERNEL.lanes();
  }

  /**
   * Columns of B that go together: those of a strip of {@link PackedMatrix#of}.
   *
   * @return columns, a multiple of {@link #vectorColumns}
   */
  public static int stripColumns() {
    return PackedStrips.columns(1, KERNEL.lanes());
  }

  /**
   * Rows of C that go together, of a strip's columns; fewer take other ways.
   *
   * @return rows, 1 of the scalar kernels
   */
  public static int tileRows() {
    return KERNEL.rows();
  }

  /**
   * Rows of C up to which a product may go other ways than with more.
   *
   * @return rows, {@link #tileRows} or more
   */
  public static int fewRows() {
    return KERNEL.fewRows();
  }

  /**
   * {@code C = A * B}.
   *
   * @param m rows of A and C
   * @param a A (m, k), row-major. Not modified.
   * @param aOffset its first element
   * @param lda distance between the rows of A
   * @param b B (k, n), packed. Not modified.
   * @param c C (m, n), row-major. Overwritten.
   * @param cOffset its first element
   * @param ldc distance between the rows of C
   * @throws IllegalArgumentException if a size or leading dimension is too small, or C overlaps an
   *     input
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void multiply(
      int m,
      MemorySegment a,
      long aOffset,
      long lda,
      PackedMatrix b,
      MemorySegment c,
      long cOffset,
      long ldc) {
    checkRowMajor(m, a, aOffset, lda, b, c, cOffset, ldc);
    run(m, a, aOffset, lda, 1, b, b.strips().units(), b.zeros(), 0, 0, c, cOffset, ldc);
  }

  /**
   * {@code C += A * B}.
   *
   * @param m rows of A and C
   * @param a A (m, k), row-major. Not modified.
   * @param aOffset its first element
   * @param lda distance between the rows of A
   * @param b B (k, n), packed. Not modified.
   * @param c C (m, n), row-major. Accumulated into.
   * @param cOffset its first element
   * @param ldc distance between the rows of C
   * @throws IllegalArgumentException if a size or leading dimension is too small, or C overlaps an
   *     input
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void multiplyAdd(
      int m,
      MemorySegment a,
      long aOffset,
      long lda,
      PackedMatrix b,
      MemorySegment c,
      long cOffset,
      long ldc) {
    checkRowMajor(m, a, aOffset, lda, b, c, cOffset, ldc);
    run(m, a, aOffset, lda, 1, b, b.strips().units(), c, cOffset, ldc, c, cOffset, ldc);
  }

  /**
   * {@code C = bias + A * B}, the bias added to every row.
   *
   * @param m rows of A and C
   * @param a A (m, k), row-major. Not modified.
   * @param aOffset its first element
   * @param lda distance between the rows of A
   * @param b B (k, n), packed. Not modified.
   * @param bias (n). Not modified.
   * @param biasOffset its first element
   * @param c C (m, n), row-major. Overwritten.
   * @param cOffset its first element
   * @param ldc distance between the rows of C
   * @throws IllegalArgumentException if a size or leading dimension is too small, or C overlaps an
   *     input
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void multiplyBias(
      int m,
      MemorySegment a,
      long aOffset,
      long lda,
      PackedMatrix b,
      MemorySegment bias,
      long biasOffset,
      MemorySegment c,
      long cOffset,
      long ldc) {
    long to = checkRowMajor(m, a, aOffset, lda, b, c, cOffset, ldc);
    long from = Operands.input("Sgemm", "bias", bias, biasOffset, b.n());
    Operands.disjoint("Sgemm", "bias", from, 1, b.n(), ldc, "C", to, m, b.n(), ldc);
    run(m, a, aOffset, lda, 1, b, b.strips().units(), bias, biasOffset, 0, c, cOffset, ldc);
  }

  /**
   * {@code C = A^T * B}.
   *
   * @param m columns of A, rows of C
   * @param a A (k, m), row-major. Not modified.
   * @param aOffset its first element
   * @param lda distance between the rows of A
   * @param b B (k, n), packed. Not modified.
   * @param c C (m, n), row-major. Overwritten.
   * @param cOffset its first element
   * @param ldc distance between the rows of C
   * @throws IllegalArgumentException if a size or leading dimension is too small, or C overlaps an
   *     input
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void multiplyTransposed(
      int m,
      MemorySegment a,
      long aOffset,
      long lda,
      PackedMatrix b,
      MemorySegment c,
      long cOffset,
      long ldc) {
    checkTransposed(m, a, aOffset, lda, b, c, cOffset, ldc);
    run(m, a, aOffset, 1, lda, b, b.strips().units(), b.zeros(), 0, 0, c, cOffset, ldc);
  }

  /**
   * {@code C += A^T * B}.
   *
   * @param m columns of A, rows of C
   * @param a A (k, m), row-major. Not modified.
   * @param aOffset its first element
   * @param lda distance between the rows of A
   * @param b B (k, n), packed. Not modified.
   * @param c C (m, n), row-major. Accumulated into.
   * @param cOffset its first element
   * @param ldc distance between the rows of C
   * @throws IllegalArgumentException if a size or leading dimension is too small, or C overlaps an
   *     input
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void multiplyTransposedAdd(
      int m,
      MemorySegment a,
      long aOffset,
      long lda,
      PackedMatrix b,
      MemorySegment c,
      long cOffset,
      long ldc) {
    checkTransposed(m, a, aOffset, lda, b, c, cOffset, ldc);
    run(m, a, aOffset, 1, lda, b, b.strips().units(), c, cOffset, ldc, c, cOffset, ldc);
  }

  /** Unchecked: see {@link SgemmKernel#multiply}. */
  static void run(
      int m,
      MemorySegment a,
      long aAt,
      long aRow,
      long aStep,
      PackedMatrix packed,
      long apart,
      MemorySegment init,
      long initAt,
      long initRow,
      MemorySegment c,
      long cAt,
      long ldc) {
    SgemmKernel kernel = Kernels.sgemm(packed.format());
    PackedStrips b = packed.strips();
    if (Held.isShared(b.memory()) || Held.isNeeded(a, init, c)) {
      Held.run(
          () ->
              kernel.multiply(m, a, aAt, aRow, aStep, b, apart, init, initAt, initRow, c, cAt, ldc),
          b.memory(),
          a,
          init,
          c);
    } else {
      kernel.multiply(m, a, aAt, aRow, aStep, b, apart, init, initAt, initRow, c, cAt, ldc);
      Held.untilHere(b.memory(), a);
      Held.untilHere(init, c);
    }
  }

  /** The address of C. */
  private static long checkRowMajor(
      int m,
      MemorySegment a,
      long aOffset,
      long lda,
      PackedMatrix b,
      MemorySegment c,
      long cOffset,
      long ldc) {
    Operands.size("Sgemm", "m", m);
    if (lda < b.k()) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension("Sgemm", "lda", lda, "k", b.k(), "A is row-major m x k"));
    }
    long from = Operands.input("Sgemm", "A", a, aOffset, Operands.extent(m, b.k(), lda));
    long to = checkResult(m, b, c, cOffset, ldc);
    Operands.disjoint("Sgemm", "A", from, m, b.k(), lda, "C", to, m, b.n(), ldc);
    return to;
  }

  private static void checkTransposed(
      int m,
      MemorySegment a,
      long aOffset,
      long lda,
      PackedMatrix b,
      MemorySegment c,
      long cOffset,
      long ldc) {
    Operands.size("Sgemm", "m", m);
    if (lda < m) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension("Sgemm", "lda", lda, "m", m, "A is row-major k x m"));
    }
    long from = Operands.input("Sgemm", "A", a, aOffset, Operands.extent(b.k(), m, lda));
    long to = checkResult(m, b, c, cOffset, ldc);
    Operands.disjoint("Sgemm", "A", from, b.k(), m, lda, "C", to, m, b.n(), ldc);
  }

  /** The address of C. */
  private static long checkResult(int m, PackedMatrix b, MemorySegment c, long cOffset, long ldc) {
    Operands.input("Sgemm", "B", b.memory(), 0, 0);
    if (ldc < b.n()) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension("Sgemm", "ldc", ldc, "n", b.n(), "C is row-major m x n"));
    }
    return Operands.output("Sgemm", "C", c, cOffset, Operands.extent(m, b.n(), ldc));
  }
}
