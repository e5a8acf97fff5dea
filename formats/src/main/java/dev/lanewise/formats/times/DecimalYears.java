package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import dev.lanewise.lstm.data.TimeStyle;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Years with a fraction: 1958.2027. Where the fractions are those of months or quarters, each is
 * taken for the month that it falls in; else for a time of day, as exact as its digits are.
 */
final class DecimalYears {
  private static final Pattern DIGITS = Pattern.compile("\\d{4}(\\.\\d*)?");
  private static final int SAMPLE = 200;
  private static final int FIRST = 1500;
  private static final int LAST = 2199;
  private static final int MONTHS = 12;

  /** Of a month: 1949.083333, cut from 1949 and 1/12, is in February. */
  private static final double ROUNDING = 0.05;

  private static final double LARGEST_DEVIATION = 0.1;

  private DecimalYears() {}

  static Optional<ReadTimes> read(List<String> cells, double least) {
    List<String> sample = ReadTimes.sample(cells, SAMPLE);
    long years = sample.stream().filter(cell -> !Double.isNaN(year(cell))).count();
    boolean fractions = sample.stream().map(DecimalYears::year).anyMatch(year -> year % 1 > 0);
    if (!fractions || years < least * sample.size()) {
      return Optional.empty();
    }
    double[] decimals = cells.stream().mapToDouble(DecimalYears::year).toArray();
    int months = months(decimals);
    long[] millis = new long[decimals.length];
    for (int row = 0; row < millis.length; row++) {
      millis[row] =
          Double.isNaN(decimals[row])
              ? TimeCell.NONE
              : months > 0 ? month(decimals[row], months) : time(decimals[row]);
    }
    TimeStyle style = months > 0 ? TimeStyle.MONTH : TimeStyle.DATE_TIME;
    return Optional.of(ReadTimes.of(millis, style, "decimal years"));
  }

  /** NaN for what is no year from 1500 to 2199. */
  private static double year(String cell) {
    double year = DIGITS.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    return year >= FIRST && year < LAST + 1 ? year : Double.NaN;
  }

  /** 1 or 3 where the distances of all rows are that many months, nearly; else 0. */
  private static int months(double[] decimals) {
    for (int months : new int[] {1, 3}) {
      double before = Double.NaN;
      boolean all = true;
      for (double decimal : decimals) {
        double distance = Math.abs(decimal - before) * MONTHS / months;
        all &= Double.isNaN(distance) || isWhole(distance);
        before = Double.isNaN(decimal) ? before : decimal;
      }
      if (all) {
        return months;
      }
    }
    return 0;
  }

  private static boolean isWhole(double distance) {
    return distance > LARGEST_DEVIATION
        && Math.abs(distance - Math.rint(distance)) < LARGEST_DEVIATION;
  }

  private static long month(double decimal, int months) {
    double parts = (decimal - Math.floor(decimal)) * MONTHS / months + ROUNDING;
    long part = (long) Math.floor(decimal) * (MONTHS / months) + (long) parts;
    int each = MONTHS / months;
    return TimeCell.midnight((int) (part / each), 1 + (int) (part % each) * months, 1);
  }

  private static long time(double decimal) {
    int year = (int) decimal;
    long length = Year.of(year).length() * TimeCell.DAY;
    return TimeCell.midnight(year, 1, 1) + Math.round((decimal - year) * length);
  }
}
