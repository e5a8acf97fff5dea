package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.TransposeKernel;
import java.lang.foreign.MemorySegment;

/**
 * {@code B = A^T} by square blocks in registers, in strips of as many rows of A as fill a cache
 * line of B. What fills no block is done by one that overlaps its neighbour.
 */
public final class VectorTranspose implements TransposeKernel {
  /** Rows of A in a strip: a cache line of B. */
  private static final int STRIP = 16;

  /** The side of a block: what a vector holds, but never more than the registers do. */
  private static final int SIDE = Math.min(8, Lanes.COUNT);

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
    long aStep = lda * Float.BYTES;
    long bStep = ldb * Float.BYTES;
    int side = side(Math.min(rows, columns));
    for (long row = 0; row < rows; row += STRIP) {
      long height = Math.min(STRIP, rows - row);
      long count = height / side;
      for (long column = 0; column < columns; column += side) {
        long at = Math.min(column, columns - side);
        long from = Memory.address(a, aOffset + at) + row * aStep;
        long to = Memory.address(b, bOffset + row) + at * bStep;
        blocks(side, count, from, aStep, to, bStep);
        if (count * side < height) {
          long last = rows - side - row;
          blocks(side, 1, from + last * aStep, aStep, to + last * Float.BYTES, bStep);
        }
      }
    }
  }

  /** The side of the largest block that fits. */
  private static int side(long most) {
    int side = SIDE;
    while (side > most) {
      side /= 2;
    }
    return side < 4 ? 1 : side;
  }

  /** So many blocks, one below the other in A, side by side in B. */
  private static void blocks(int side, long count, long from, long aStep, long to, long bStep) {
    switch (side) {
      case 8 -> Transpose8x8.apply(count, from, aStep, 8 * aStep, to, bStep, 8L * Float.BYTES);
      case 4 -> Transpose4x4.apply(count, from, aStep, 4 * aStep, to, bStep, 4L * Float.BYTES);
      default -> {
        for (long row = 0; row < count; row++) {
          Memory.set(to + row * Float.BYTES, Memory.get(from + row * aStep));
        }
      }
    }
  }
}
