package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.TransposeKernel;
import java.lang.foreign.MemorySegment;

/** {@code B = A^T}. */
public final class ScalarTranspose implements TransposeKernel {
  /** Rows and columns that go together, so that both sides use whole cache lines. */
  private static final long SIDE = 32;

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
    for (long row = 0; row < rows; row += SIDE) {
      for (long column = 0; column < columns; column += SIDE) {
        long height = Math.min(SIDE, rows - row);
        long width = Math.min(SIDE, columns - column);
        for (long i = row; i < row + height; i++) {
          for (long j = column; j < column + width; j++) {
            Floats.set(b, bOffset + j * ldb + i, Floats.get(a, aOffset + i * lda + j));
          }
        }
      }
    }
  }
}
