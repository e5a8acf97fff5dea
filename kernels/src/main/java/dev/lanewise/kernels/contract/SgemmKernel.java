package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * The unchecked body of a packed single-precision matrix product; every operand is proved valid by
 * the caller.
 */
public interface SgemmKernel {

  /** Columns in one vector; a packed strip is {@link PackedStrips#vectors} of them wide. */
  int lanes();

  /** Rows of a tile, the most that are computed at once: of a strip of four vectors. */
  int rows();

  /** Rows up to which a product may go other ways than with more; past them all go the same. */
  int fewRows();

  /** Bytes of a packed strip of {@code k} steps. */
  default long stripBytes(int k, int blocks) {
    return (long) PackedStrips.vectors(blocks) * lanes() * k * Float.BYTES;
  }

  /**
   * Writes B (k, n) as strips, all of them, k-major. What the last one has beyond the columns has
   * no effect.
   *
   * <p>With {@code blocks == 1} a strip holds {@code 4 * lanes()} consecutive columns. With {@code
   * blocks} of 3 or 4 the columns are as many blocks (the gates of a GRU or an LSTM) of {@code n /
   * blocks} units, and a strip holds the same {@code lanes()} units of each block, block after
   * block: a vector of each, or in the last strip half or a quarter of one where that is enough
   * ({@link PackedStrips#apart}).
   *
   * @param b source, element (k, j) at {@code bOffset + k * rowStride + j * columnStride}; offsets
   *     in elements
   */
  void pack(PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride);

  /**
   * {@code C = init + A * B}: each element is one chain of fused multiply-adds that begins at
   * {@code init} and takes k in ascending order. Only the columns of B's strips from {@code first}
   * to before {@code end} are read and written.
   *
   * @param a A (m, k), element (i, k) at {@code aOffset + i * aRowStride + k * aColumnStride}
   * @param b B (k, n) as {@link #pack} wrote it
   * @param blockStride elements from block to block of init and C, at least {@code n / blocks}; in
   *     what is beyond those, a last strip that fits in may be written whole
   * @param init (m, n), row i at {@code initOffset + i * initRowStride}; may be C itself, a row
   *     stride of 0 repeats one row
   * @param c C (m, n), row i at {@code cOffset + i * ldc}; overwritten
   */
  void multiply(
      int m,
      MemorySegment a,
      long aOffset,
      long aRowStride,
      long aColumnStride,
      PackedStrips b,
      long blockStride,
      MemorySegment init,
      long initOffset,
      long initRowStride,
      MemorySegment c,
      long cOffset,
      long ldc);

  /** {@code C += A * B} with a dense A (m, k): the recurrent product of a cell, gates apart. */
  default void multiplyAdd(
      int m,
      MemorySegment a,
      long aOffset,
      PackedStrips b,
      long blockStride,
      MemorySegment c,
      long cOffset,
      long ldc) {
    multiply(m, a, aOffset, b.k(), 1, b, blockStride, c, cOffset, ldc, c, cOffset, ldc);
  }
}
