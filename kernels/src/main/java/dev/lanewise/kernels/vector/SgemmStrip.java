package dev.lanewise.kernels.vector;

/** Rows of A times one strip of B, tile by tile. */
final class SgemmStrip {

  /** Rows of a tile of four vectors. */
  static final int ROWS = Lanes.MANY_REGISTERS ? 4 : 2;

  private SgemmStrip() {}

  /**
   * {@code C = init + A * B} for the first vectors of a strip.
   *
   * @param vectors how many: 3 or 4
   * @param rows of A and C
   * @param steps columns of A, rows of B
   * @param a address of A's first element, its rows {@code aRow} and its columns {@code aStep}
   *     bytes apart
   * @param b address of the strip, its rows {@code bStep} bytes apart: four vectors where four are
   *     taken
   * @param init address of what the sums begin from, its rows {@code initRow} bytes apart
   * @param c address of C's first element, its rows {@code cRow} bytes apart
   * @param apart bytes from one vector to the next in C, and in what it begins from
   */
  static void multiply(
      int vectors,
      int rows,
      int steps,
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
    int row = 0;
    while (row < rows) {
      long left = a + row * aRow;
      long from = init + row * initRow;
      long to = c + row * cRow;
      if (vectors == 3) {
        int tile = threes(rows - row);
        three(tile, left, aRow, aStep, steps, b, bStep, from, initRow, to, cRow, apart);
        row += tile;
      } else {
        int tile = fours(rows - row);
        four(tile, left, aRow, aStep, steps, b, from, initRow, to, cRow, apart);
        row += tile;
      }
    }
  }

  private static void four(
      int rows,
      long a,
      long aRow,
      long aStep,
      int steps,
      long b,
      long init,
      long initRow,
      long c,
      long cRow,
      long apart) {
    switch (rows) {
      case 4 -> SgemmTiles.rows4(a, aRow, aStep, steps, b, init, initRow, c, cRow, apart);
      case 3 -> SgemmTiles.rows3(a, aRow, aStep, steps, b, init, initRow, c, cRow, apart);
      case 2 -> SgemmTiles.rows2(a, aRow, aStep, steps, b, init, initRow, c, cRow, apart);
      default -> SgemmTiles.rows1(a, aStep, steps, b, init, c, apart);
    }
  }

  private static void three(
      int rows,
      long a,
      long aRow,
      long aStep,
      int steps,
      long b,
      long bStep,
      long init,
      long initRow,
      long c,
      long cRow,
      long apart) {
    switch (rows) {
      case 6 ->
          SgemmThreeTiles.rows6(a, aRow, aStep, steps, b, bStep, init, initRow, c, cRow, apart);
      case 4 ->
          SgemmThreeTiles.rows4(a, aRow, aStep, steps, b, bStep, init, initRow, c, cRow, apart);
      case 3 ->
          SgemmThreeTiles.rows3(a, aRow, aStep, steps, b, bStep, init, initRow, c, cRow, apart);
      case 2 ->
          SgemmThreeTiles.rows2(a, aRow, aStep, steps, b, bStep, init, initRow, c, cRow, apart);
      default -> SgemmThreeTiles.rows1(a, aStep, steps, b, bStep, init, c, apart);
    }
  }

  /** The rows of the next tile: one row alone is the slowest, so that five are three and two. */
  private static int fours(int rows) {
    if (ROWS < 4) {
      return Math.min(rows, ROWS);
    }
    return rows == 5 || rows == 6 ? 3 : Math.min(rows, ROWS);
  }

  /** The same of three vectors: six rows at once, or three where there are 16 registers. */
  private static int threes(int rows) {
    if (!Lanes.MANY_REGISTERS) {
      return rows == 4 ? 2 : Math.min(rows, 3);
    }
    return switch (rows) {
      case 1, 2, 3, 4 -> rows;
      case 5 -> 3;
      case 7, 8 -> 4;
      default -> 6;
    };
  }
}
