package dev.lanewise.formats.times;

/**
 * Years of two digits: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999; but a column whose
 * years go across that border, such as 60 to 75, is not torn in two.
 */
final class ShortYears {
  private static final int ALL = 100;
  private static final int LATEST = 2068;

  private ShortYears() {}

  /**
   * The earliest year of a column: its years are one run of at most 100, the shortest that has them
   * all, and the latest that ends by 2068.
   *
   * @param seen which of the two digits there are
   */
  static int first(boolean[] seen) {
    int begin = 0;
    int largestGap = 0;
    int last = -1;
    for (int i = 0; i < 2 * ALL; i++) {
      if (seen[i % ALL]) {
        if (last >= 0 && i - last > largestGap) {
          largestGap = i - last;
          begin = i % ALL;
        }
        last = i;
      }
    }
    int length = ALL - largestGap; // from the first year to the last, where there is one
    int first = 1900 + begin;
    return first + ALL + Math.max(0, length) <= LATEST ? first + ALL : first;
  }

  /** The year of two digits that is at or after the first. */
  static int year(int twoDigits, int first) {
    return first + Math.floorMod(twoDigits - first, ALL);
  }
}
