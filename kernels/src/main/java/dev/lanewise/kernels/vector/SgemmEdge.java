package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.STRIP_BYTES;

import dev.lanewise.kernels.contract.PackedStrips;

/**
 * The last strip of a packed B, of which C has only some columns: a few rows at a time, in scratch
 * where the strip is whole. Full tiles leave out the vectors of it that are padding.
 */
final class SgemmEdge {

  private SgemmEdge() {}

  /**
   * {@code C = init + A * B} in {@code left} columns of each block.
   *
   * @param rows of A and C
   * @param steps columns of A
   * @param blocks 1, or 3 or 4 that lie in the strip as {@code PackedStrips} says
   * @param a address of A's first element, its rows {@code aRow} and its columns {@code aStep}
   *     bytes apart
   * @param b address of the strip, its rows {@code bStep} bytes apart
   * @param init address of what the sums begin from, its rows {@code initRow} bytes apart
   * @param c address of C's first element, its rows {@code cRow} bytes apart
   * @param apart bytes from one block to the next in C, and in what it begins from
   */
  static void multiply(
      int rows,
      int steps,
      int blocks,
      int left,
      long a,
      long aRow,
      long aStep,
      long b,
      long bStep,
      long init,
      long initRow,
      long c,
      long cRow,
      long apart) {
    int vectors = vectors(blocks, left);
    boolean whole = blocks == 1 && left == vectors * Lanes.COUNT && hasTile(vectors);
    int most = rows(vectors);
    long tile = Scratch.address();
    for (int row = 0; row < rows; row += most) {
      int some = Math.min(most, rows - row);
      long aTile = a + row * aRow;
      long from = init + row * initRow;
      long to = c + row * cRow;
      if (whole && (some == most || vectors == 3)) {
        tiles(some, vectors, steps, aTile, aRow, aStep, b, bStep, from, initRow, to, cRow);
      } else {
        intoScratch(some, steps, blocks, left, aTile, aRow, aStep, b, bStep, from, initRow, apart);
        for (int i = 0; i < some; i++) {
          copyRow(blocks, left, tile + i * STRIP_BYTES, apart(left), to + i * cRow, apart);
        }
      }
    }
  }

  /** The same of at most {@link #rows} rows, left in scratch, a strip's width a row. */
  static void intoScratch(
      int rows,
      int steps,
      int blocks,
      int left,
      long a,
      long aRow,
      long aStep,
      long b,
      long bStep,
      long init,
      long initRow,
      long apart) {
    long tile = Scratch.address();
    for (int i = 0; i < rows; i++) {
      copyRow(blocks, left, init + i * initRow, apart, tile + i * STRIP_BYTES, apart(left));
    }
    int vectors = vectors(blocks, left);
    tiles(rows, vectors, steps, a, aRow, aStep, b, bStep, tile, STRIP_BYTES, tile, STRIP_BYTES);
  }

  /** Bytes from one of several blocks to the next in the strip. */
  static long apart(int left) {
    return (long) PackedStrips.apart(left, Lanes.COUNT) * Float.BYTES;
  }

  /** How many vectors of the strip are not padding alone. */
  static int vectors(int blocks, int left) {
    int columns = blocks == 1 ? left : blocks * PackedStrips.apart(left, Lanes.COUNT);
    return Math.ceilDiv(columns, Lanes.COUNT);
  }

  /** Rows that go together, of so many vectors. */
  static int rows(int vectors) {
    return switch (vectors) {
      case 1 -> hasTile(1) ? Scratch.ROWS : 4;
      case 3 -> Lanes.MANY_REGISTERS ? 6 : 3;
      default -> 4;
    };
  }

  /** Whether there is a tile of so many vectors and no more. */
  private static boolean hasTile(int vectors) {
    return vectors == 1 ? Lanes.MANY_REGISTERS : vectors < 4;
  }

  private static void tiles(
      int rows,
      int vectors,
      int steps,
      long a,
      long aRow,
      long aStep,
      long b,
      long bStep,
      long init,
      long initRow,
      long c,
      long cRow) {
    if (rows == Scratch.ROWS) { // of one vector alone
      SgemmEndTiles.rows8vector1(a, aRow, aStep, steps, b, bStep, init, initRow, c, cRow);
    } else if (rows == 4 && vectors <= 2) { // one only in scratch, where there is a second
      SgemmEndTiles.rows4vectors2(a, aRow, aStep, steps, b, bStep, init, initRow, c, cRow);
    } else { // fewer than three only in scratch, where there is a third
      int some = Math.max(3, vectors);
      long apart = Lanes.BYTES;
      SgemmStrip.multiply(
          some, rows, steps, a, aRow, aStep, b, bStep, init, initRow, c, cRow, apart);
    }
  }

  private static void copyRow(
      int blocks, int left, long from, long fromApart, long to, long toApart) {
    if (blocks == 1) {
      Scratch.copyVectors(from, to, left);
    } else {
      for (int block = 0; block < blocks; block++) {
        Scratch.copy(from + block * fromApart, to + block * toApart, left);
      }
    }
  }
}
