package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.SgemmKernel;
import dev.lanewise.kernels.contract.StripColumns;
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
    return StripColumns.columns(1, KERNEL.lanes());
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
    run(m, a, aOffset, lda, 1, b, b.zeros(), 0, 0, c, cOffset, ldc, b.n() / b.blocks());
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
    run(m, a, aOffset, lda, 1, b, c, cOffset, ldc, c, cOffset, ldc, b.n() / b.blocks());
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
    checkRowMajor(m, a, aOffset, lda, b, c, cOffset, ldc);
    Operands.input("Sgemm", "bias", bias, biasOffset, b.n());
    Operands.disjoint(
        "Sgemm", "bias", bias, biasOffset, 1, b.n(), ldc, "C", c, cOffset, m, b.n(), ldc);
    run(m, a, aOffset, lda, 1, b, bias, biasOffset, 0, c, cOffset, ldc, b.n() / b.blocks());
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
    run(m, a, aOffset, 1, lda, b, b.zeros(), 0, 0, c, cOffset, ldc, b.n() / b.blocks());
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
    run(m, a, aOffset, 1, lda, b, c, cOffset, ldc, c, cOffset, ldc, b.n() / b.blocks());
  }

  /** Unchecked. */
  static void run(
      int m,
      MemorySegment a,
      long aOffset,
      long aRowStride,
      long aColumnStride,
      PackedMatrix b,
      MemorySegment init,
      long initOffset,
      long initRowStride,
      MemorySegment c,
      long cOffset,
      long ldc,
      long blockStride) {
    SgemmKernel kernel = Kernels.sgemm(b.format());
    MemorySegment packed = b.memory();
    if (Held.isShared(packed) || Held.isNeeded(a, init, c)) {
      Held.run(
          () ->
              kernel.multiply(
                  m,
                  b.n(),
                  b.k(),
                  b.blocks(),
                  blockStride,
                  b.firstStrip(),
                  b.endStrip(),
                  a,
                  aOffset,
                  aRowStride,
                  aColumnStride,
                  packed,
                  init,
                  initOffset,
                  initRowStride,
                  c,
                  cOffset,
                  ldc),
          packed,
          a,
          init,
          c);
    } else {
      kernel.multiply(
          m,
          b.n(),
          b.k(),
          b.blocks(),
          blockStride,
          b.firstStrip(),
          b.endStrip(),
          a,
          aOffset,
          aRowStride,
          aColumnStride,
          packed,
          init,
          initOffset,
          initRowStride,
          c,
          cOffset,
          ldc);
      Held.untilHere(packed, a);
      Held.untilHere(init, c);
    }
  }

  private static void checkRowMajor(
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
    Operands.input("Sgemm", "A", a, aOffset, Operands.extent(m, b.k(), lda));
    checkResult(m, b, c, cOffset, ldc);
    Operands.disjoint("Sgemm", "A", a, aOffset, m, b.k(), lda, "C", c, cOffset, m, b.n(), ldc);
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
    Operands.input("Sgemm", "A", a, aOffset, Operands.extent(b.k(), m, lda));
    checkResult(m, b, c, cOffset, ldc);
    Operands.disjoint("Sgemm", "A", a, aOffset, b.k(), m, lda, "C", c, cOffset, m, b.n(), ldc);
  }

  private static void checkResult(int m, PackedMatrix b, MemorySegment c, long cOffset, long ldc) {
    Operands.input("Sgemm", "B", b.memory(), 0, 0);
    if (ldc < b.n()) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension("Sgemm", "ldc", ldc, "n", b.n(), "C is row-major m x n"));
    }
    Operands.output("Sgemm", "C", c, cOffset, Operands.extent(m, b.n(), ldc));
  }
}
