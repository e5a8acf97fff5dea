package dev.lanewise.formats.csv;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Finds a number that seems to stand for a missing value: the smallest or the largest of a column,
 * there again and again, and far from all others.
 */
public final class CsvSuspect {
  private static final int FEWEST = 3;
  private static final double SHARE = 0.005;
  private static final int FEWEST_OTHERS = 5; // different ones: two values are a switch
  private static final double NEAR = 0.1; // of the range of the others
  private static final double[] CODES = {
    -1, -9, -99, -999, -9999, -99999, -200, -9.9, -9.99, -99.9, -99.99, -999.9, -999.99
  };

  private CsvSuspect() {}

  /**
   * Looks at a column.
   *
   * @param values NaN where it is missing already. Not modified
   */
  public static OptionalDouble find(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    OptionalDouble low = atEnd(sorted);
    if (low.isPresent()) {
      return low;
    }
    double[] mirrored = new double[sorted.length];
    Arrays.setAll(mirrored, i -> -sorted[sorted.length - 1 - i]);
    OptionalDouble high = atEnd(mirrored);
    return high.isPresent() ? OptionalDouble.of(-high.getAsDouble()) : high;
  }

  /** The first of sorted numbers, where it seems to be a code. */
  private static OptionalDouble atEnd(double[] sorted) {
    int count = 0;
    while (count < sorted.length && sorted[count] == sorted[0]) {
      count++;
    }
    boolean often = count >= FEWEST && count >= SHARE * sorted.length;
    if (!often || sorted[0] == 0 || !areMany(sorted, count)) {
      return OptionalDouble.empty();
    }
    double gap = sorted[count] - sorted[0];
    double range = sorted[sorted.length - 1] - sorted[count];
    boolean code = sorted[count] > 0 && Arrays.stream(CODES).anyMatch(each -> each == sorted[0]);
    return gap > (code ? NEAR : 1) * range ? OptionalDouble.of(sorted[0]) : OptionalDouble.empty();
  }

  private static boolean areMany(double[] sorted, int from) {
    int different = 0;
    for (int i = from; i < sorted.length && different < FEWEST_OTHERS; i++) {
      different += i == from || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return different == FEWEST_OTHERS;
  }
}
