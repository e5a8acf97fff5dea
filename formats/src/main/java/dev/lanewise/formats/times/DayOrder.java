package dev.lanewise.formats.times;

import dev.lanewise.formats.dates.TimeCell;
import java.util.Optional;

/** Which of two numbers of a date is the day. */
enum DayOrder {
  DAY_FIRST,
  MONTH_FIRST;

  private static final int LAST_MONTH = 12;

  /** Of six rows in any order, one in 360 runs one way by chance. */
  private static final int FEWEST = 6;

  private static final double CLEARLY_EVEN = 0.9;
  private static final double CLEARLY_UNEVEN = 0.5;

  /** Counts the cells of a column that only one order can read. */
  static final class Evidence {
    private int dayFirst;
    private int monthFirst;

    void add(int first, int second) {
      dayFirst += first > LAST_MONTH ? 1 : 0;
      monthFirst += second > LAST_MONTH ? 1 : 0;
    }

    /** The order that nine in ten of them have; empty where there is none. */
    Optional<DayOrder> decide() {
      int all = dayFirst + monthFirst;
      return ReadTimes.isMost(dayFirst, all)
          ? Optional.of(DAY_FIRST)
          : ReadTimes.isMost(monthFirst, all) ? Optional.of(MONTH_FIRST) : Optional.empty();
    }

    /** Whether the column has both orders, so that neither is to be trusted. */
    boolean isMixed() {
      return dayFirst + monthFirst > 0 && decide().isEmpty();
    }
  }

  /**
   * The order in which times run one way, or are evenly spaced, while in the other they are not.
   */
  static Optional<DayOrder> decide(long[] dayFirst, long[] monthFirst) {
    RowOrder day = RowOrder.of(dayFirst);
    RowOrder month = RowOrder.of(monthFirst);
    if (Math.min(day.distinct(), month.distinct()) < FEWEST) {
      return Optional.empty();
    }
    if (day.isSorted() != month.isSorted()) {
      return Optional.of(day.isSorted() ? DAY_FIRST : MONTH_FIRST);
    }
    double dayEven = day.evenness();
    double monthEven = month.evenness();
    return isMoreEven(dayEven, monthEven)
        ? Optional.of(DAY_FIRST)
        : isMoreEven(monthEven, dayEven) ? Optional.of(MONTH_FIRST) : Optional.empty();
  }

  private static boolean isMoreEven(double one, double other) {
    return (one == 1 && other < 1) || (one >= CLEARLY_EVEN && other < CLEARLY_UNEVEN);
  }

  /** Midnight of two numbers and a year. */
  long midnight(int year, int first, int second) {
    return this == DAY_FIRST
        ? TimeCell.midnight(year, second, first)
        : TimeCell.midnight(year, first, second);
  }

  /** A pattern in which the two numbers are {@code 1} and {@code 2}, with their letters. */
  String pattern(String numbered) {
    return this == DAY_FIRST
        ? numbered.replace('1', 'd').replace('2', 'M')
        : numbered.replace('1', 'M').replace('2', 'd');
  }
}
