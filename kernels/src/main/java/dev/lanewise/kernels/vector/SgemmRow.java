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
   * @param a address of A's first element, its columns {@code aStep} bytes apart
   * @param b address of the first strip, of which {@code steps} steps are taken; the next follows
   *     {@code stripOfB} bytes later
   * @param init address of what the sums begin from, as far apart as C
   * @param c address of C
   * @param apart bytes from one vector of a strip to the next in C
   * @param stripOfC bytes from one strip to the next in C
   */
  static void multiply(
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
        SgemmTiles.rows1strips2(
            a,
            aStep,
            steps,
            b + strip * stripOfB,
            between * stripOfB,
            init + strip * stripOfC,
            c + strip * stripOfC,
            apart,
            between * stripOfC);
      }
      strip += between;
    }
    if (strip < strips) {
      long at = strip * stripOfC;
      SgemmTiles.rows1(a, aStep, steps, b + strip * stripOfB, init + at, c + at, apart);
    }
  }
}
