package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.TransposeKernel;
import java.lang.foreign.MemorySegment;

/**
 * {@code B = A^T} by square blocks in registers: 8 x 8 where vectors have 256 bits or more, else 4
 * x 4. Two rows of blocks go side by side, so that a cache line of B is written whole. What fills
 * no block is done by one that overlaps its neighbour.
 */
public final class VectorTranspose implements TransposeKernel {
  private static final boolean WIDE = Lanes.COUNT >= 8;
  private static final int SIDE = WIDE ? 8 : 4;

  /** Rows of A whose blocks go side by side: a cache line of B. */
  private static final int ROWS = 16;

  @Override
  public void apply(
      long rows,
      long columns,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb) {
    long from = Memory.address(a, aOffset);
    long to = Memory.address(b, bOffset);
    if (rows < SIDE || columns < SIDE) {
      for (long row = 0; row < rows; row++) {
        for (long column = 0; column < columns; column++) {
          float value = Memory.get(from + (row * lda + column) * Float.BYTES);
          Memory.set(to + (column * ldb + row) * Float.BYTES, value);
        }
      }
      return;
    }
    for (long row = 0; row < rows; row += ROWS) {
      strip(row, Math.min(row + ROWS, rows), rows, columns, from, lda, to, ldb);
    }
  }

  /** The rows of A from one to before another, all columns. */
  private static void strip(
      long row, long end, long rows, long columns, long from, long lda, long to, long ldb) {
    long aStep = lda * Float.BYTES;
    long bStep = ldb * Float.BYTES;
    for (long column = 0; column < columns; column += SIDE) {
      long c = Math.min(column, columns - SIDE);
      for (long at = row; at < end; at += SIDE) {
        long r = Math.min(at, rows - SIDE);
        long source = from + (r * lda + c) * Float.BYTES;
        long target = to + (c * ldb + r) * Float.BYTES;
        if (WIDE) {
          Transpose8x8.apply(source, aStep, target, bStep);
        } else {
          Transpose4x4.apply(source, aStep, target, bStep);
        }
      }
    }
  }
}
