package dev.lanewise.kernels.vector;

/**
 * One row of A times whole strips of B, two strips at a time: bound by the cache that B comes from.
 */
final class SgemmRow {

  /**
   * Bytes of B between the two strips. Two streams so far apart come from L2 at 180 to 240 GB/s on
   * Zen 5; one, or two that are near, at 120.
   */
  private static final long APART = 128 << 10;

  private SgemmRow() {}

  /** How many strips lie from the one to the other of two that are taken at once, of so many. */
  static int between(int strips, long stripOfB) {
    return Math.clamp(APART / Math.max(1, stripOfB), 1, strips / 2);
  }

  /**
   * {@code c = init + a B} for {@code strips} strips.
   *
   * @param vectors of a strip: 3 or 4
   * @param a address of A's first element, its columns {@code aStep} bytes apart
   * @param b address of the first strip, of which {@code steps} steps are taken; the next follows
   *     {@code stripOfB} bytes later
   * @param init address of what the sums begin from, as far apart as C
   * @param c address of C
   * @param apart bytes from one vector of a strip to the next in C
   * @param stripOfC bytes from one strip to the next in C
   */
  static void multiply(
      int vectors,
      int strips,
      int steps,
      long a,
      long aStep,
      long b,
      long stripOfB,
      long init,
      long c,
      long apart,
      long stripOfC) {
    int strip = 0;
    while (strips - strip > 1) {
      int between = between(strips - strip, stripOfB);
      for (int end = strip + between; strip < end; strip++) {
        long from = b + strip * stripOfB;
        long next = between * stripOfB;
        long begin = init + strip * stripOfC;
        long to = c + strip * stripOfC;
        long nextTo = between * stripOfC;
        if (vectors == 3) {
          SgemmThreeTiles.rows1strips2(
              a, aStep, steps, from, 3 * Lanes.BYTES, next, begin, to, apart, nextTo);
        } else {
          SgemmTiles.rows1strips2(a, aStep, steps, from, next, begin, to, apart, nextTo);
        }
      }
      strip += between;
    }
    if (strip < strips) {
      long from = b + strip * stripOfB;
      long at = strip * stripOfC;
      if (vectors == 3) {
        SgemmThreeTiles.rows1(a, aStep, steps, from, 3 * Lanes.BYTES, init + at, c + at, apart);
      } else {
        SgemmTiles.rows1(a, aStep, steps, from, init + at, c + at, apart);
      }
    }
  }
}
