package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * The unchecked body of a packed single-precision matrix product; every operand is proved valid by
 * the caller.
 */
public interface SgemmKernel {

  /** Columns in one vector; a packed strip is {@link StripColumns#vectors} of them wide. */
  int lanes();

  /** Rows of a tile, the most that are computed at once: of a strip of four vectors. */
  int rows();

  /** Rows up to which a product may go other ways than with more; past them all go the same. */
  int fewRows();

  /** Bytes of a packed strip of {@code k} steps. */
  default long stripBytes(int k, int blocks) {
    return (long) StripColumns.vectors(blocks) * lanes() * k * Float.BYTES;
  }

  /**
   * Writes B (k, n) as strips, k-major. What the last one has beyond the columns has no effect.
   *
   * <p>With {@code blocks == 1} a strip holds {@code 4 * lanes()} consecutive columns. With {@code
   * blocks} of 3 or 4 the columns are as many blocks (the gates of a GRU or an LSTM) of {@code n /
   * blocks} units, and a strip holds the same {@code lanes()} units of each block, block after
   * block: a vector of each, or in the last strip half or a quarter of one where that is enough
   * ({@link StripColumns#apart}).
   *
   * @param b source, element (k, j) at {@code bOffset + k * rowStride + j * columnStride}; offsets
   *     in elements
   */
  void pack(
      int k,
      int n,
      int blocks,
      MemorySegment b,
      long bOffset,
      long rowStride,
      long columnStride,
      MemorySegment packed);

  /**
   * {@code C = init + A * B}: each element is one chain of fused multiply-adds that begins at
   * {@code init} and takes k in ascending order. Only the columns of the strips from {@code
   * firstStrip} to before {@code endStrip} are read and written.
   *
   * @param blockStride elements from block to block of init and C, at least {@code n / blocks}; in
   *     what is beyond those, a last strip that fits in may be written whole
   * @param a A (m, k), element (i, k) at {@code aOffset + i * aRowStride + k * aColumnStride}
   * @param packed B (k, n) as {@link #pack} wrote it
   * @param init (m, n), row i at {@code initOffset + i * initRowStride}; may be C itself, a row
   *     stride of 0 repeats one row
   * @param c C (m, n), row i at {@code cOffset + i * ldc}; overwritten
   */
  void multiply(
      int m,
      int n,
      int k,
      int blocks,
      long blockStride,
      int firstStrip,
      int endStrip,
      MemorySegment a,
      long aOffset,
      long aRowStride,
      long aColumnStride,
      MemorySegment packed,
      MemorySegment init,
      long initOffset,
      long initRowStride,
      MemorySegment c,
      long cOffset,
      long ldc);
}
