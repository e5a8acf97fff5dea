package dev.lanewise.kernels.relay;

/**
 * The shape of a rehearsal's call.
 *
 * @param gradient whether it is the kernel's gradient
 * @param rows of A and C, or of the batch
 * @param k rows of B
 * @param units columns of B, or of each of its blocks
 * @param blocks of B
 */
record RehearsalShape(boolean gradient, int rows, int k, int units, int blocks) {

  /** Steps of a loop, of which a compiler learns that it is one. */
  static final int STEPS = 24;

  private static final int FEW = 8;

  private static final int BITS = 12;
  private static final int MASK = (1 << BITS) - 1;

  /** A shape as one number, so that comparing two takes no objects. */
  static long key(boolean gradient, int rows, int k, int units, int blocks) {
    long key = gradient ? 1 : 0;
    key = (key << BITS) + rows;
    key = (key << BITS) + k;
    key = (key << BITS) + units;
    return (key << BITS) + blocks;
  }

  static RehearsalShape of(long key) {
    return new RehearsalShape(
        key >>> (4 * BITS) != 0,
        (int) (key >>> (3 * BITS)) & MASK,
        (int) (key >>> (2 * BITS)) & MASK,
        (int) (key >>> BITS) & MASK,
        (int) key & MASK);
  }

  /** Few rows, in the same tiles: of up to four, or of up to six where there are three blocks. */
  static int rows(int rows, int blocks) {
    int most = blocks == 3 ? 6 : 4;
    return rows <= FEW + most ? rows : FEW + 1 + (rows - FEW - 1) % most;
  }

  /**
   * A whole strip, or of one row two or three, as it takes two at once, and as many columns as
   * there are beside the whole ones.
   */
  static int columns(int rows, int columns, int strip) {
    int whole = columns / strip;
    int kept = rows > 1 ? Math.min(whole, 1) : whole < 4 ? whole : 2 + whole % 2;
    return columns - (whole - kept) * strip;
  }
}
