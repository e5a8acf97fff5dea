package dev.lanewise.lstm.data;

import static dev.lanewise.lstm.data.TimeStyle.DAY;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The distance of one row of a table to the next: so many milliseconds, or so many months of the
 * calendar. Times are milliseconds since 1970-01-01T00:00. Immutable, so that threads may share it.
 *
 * <p>Steps are counted from an origin: 31 January and 1 month is the last day of February, 31
 * January and 2 months is 31 March.
 *
 * @param amount how many of the unit; at least 1
 * @param unit what is counted
 */
public record TimeStep(long amount, Unit unit) {
  private static final int MONTHS_A_YEAR = 12;
  private static final long[] MILLIS = {DAY, TimeStyle.HOUR, TimeStyle.MINUTE, TimeStyle.SECOND, 1};
  private static final String[] NAMES = {"day", "hour", "minute", "second", "millisecond"};

  /** What a step counts. */
  public enum Unit {
    /** Milliseconds: a day always has 24 hours. */
    MILLIS,
    /** Months, on the day of the origin, or on the last day of a month that is too short for it. */
    MONTHS,
    /** Months, always on the last day: 30 April and 1 month is 31 May. */
    MONTH_ENDS
  }

  /**
   * Makes a step.
   *
   * @throws IllegalArgumentException when the amount is below 1
   */
  public TimeStep {
    Objects.requireNonNull(unit, "unit");
    if (amount < 1) {
      throw TimeErrors.amount(amount);
    }
  }

  /**
   * The step of times: the commonest distance of one to the next, the shortest of those that are
   * equally common.
   *
   * <p>It is in months where all times are at the same time of day, on the same day of the month or
   * on its last one.
   *
   * @param times ascending and distinct, in milliseconds since 1970-01-01T00:00. Not modified
   * @return the step; empty for fewer than 2 times, and where fewer than half of the distances are
   *     the commonest: such times are irregular
   * @throws IllegalArgumentException when a time is not after the one before
   */
  public static Optional<TimeStep> find(long[] times) {
    for (int i = 1; i < times.length; i++) {
      if (times[i] <= times[i - 1]) {
        throw TimeErrors.order(i, times[i - 1], times[i]);
      }
    }
    if (times.length < 2) {
      return Optional.empty();
    }
    Unit unit = unit(times);
    long[] distances = new long[times.length - 1];
    for (int i = 0; i < distances.length; i++) {
      distances[i] =
          unit == Unit.MILLIS
              ? Math.subtractExact(times[i + 1], times[i])
              : month(times[i + 1]) - month(times[i]);
    }
    return commonest(distances).map(amount -> new TimeStep(amount, unit));
  }

  private static Optional<Long> commonest(long[] distances) {
    Arrays.sort(distances);
    long commonest = 0;
    int most = 0;
    int begin = 0;
    for (int i = 0; i < distances.length; i++) {
      begin = distances[i] == distances[begin] ? begin : i;
      if (i - begin + 1 > most) {
        most = i - begin + 1;
        commonest = distances[i];
      }
    }
    return 2L * most < distances.length ? Optional.empty() : Optional.of(commonest);
  }

  /** Months where each time has a month of its own, at a place in it that all share. */
  private static Unit unit(long[] times) {
    long clock = Math.floorMod(times[0], DAY);
    int day = 0;
    boolean ends = true;
    long before = Long.MIN_VALUE;
    for (long time : times) {
      LocalDate date = TimeStyle.date(time);
      if (Math.floorMod(time, DAY) != clock || month(date) == before) {
        return Unit.MILLIS;
      }
      before = month(date);
      day = Math.max(day, date.getDayOfMonth());
      ends &= date.getDayOfMonth() == date.lengthOfMonth();
    }
    if (ends) {
      return Unit.MONTH_ENDS;
    }
    for (long time : times) {
      LocalDate date = TimeStyle.date(time);
      if (date.getDayOfMonth() != Math.min(day, date.lengthOfMonth())) {
        return Unit.MILLIS;
      }
    }
    return Unit.MONTHS;
  }

  /**
   * A time some steps later.
   *
   * @param millis the origin
   * @param steps how many steps; negative for earlier ones
   * @return the time, in milliseconds since 1970-01-01T00:00
   * @throws ArithmeticException when it is beyond what a long counts
   */
  public long plus(long millis, long steps) {
    long units = Math.multiplyExact(steps, amount);
    if (unit == Unit.MILLIS) {
      return Math.addExact(millis, units);
    }
    LocalDate date = TimeStyle.date(millis);
    long month = Math.addExact(month(date), units);
    long year = Math.floorDiv(month, (long) MONTHS_A_YEAR);
    if (Math.abs(year) > Integer.MAX_VALUE / 4) {
      throw new ArithmeticException("long overflow");
    }
    LocalDate first = LocalDate.of((int) year, 1 + Math.floorMod(month, MONTHS_A_YEAR), 1);
    int last = first.lengthOfMonth();
    int day = unit == Unit.MONTH_ENDS ? last : Math.min(date.getDayOfMonth(), last);
    long midnight = Math.multiplyExact(first.toEpochDay() + day - 1, DAY);
    return Math.addExact(midnight, Math.floorMod(millis, DAY));
  }

  /**
   * How many whole steps lie between two times, rounded down: the largest number for which {@link
   * #plus} is not after the second.
   *
   * @param from the origin
   * @param to the other time; a negative number of steps away where it is before
   * @return the number of steps
   * @throws ArithmeticException when the times are farther apart than a long counts
   */
  public long between(long from, long to) {
    if (unit == Unit.MILLIS) {
      return Math.floorDiv(Math.subtractExact(to, from), amount);
    }
    long steps = Math.floorDiv(month(to) - month(from), amount);
    return plus(from, steps) > to ? steps - 1 : steps;
  }

  /**
   * Whether a time is a whole number of steps away.
   *
   * @param from the origin
   * @param to the other time
   * @return whether {@link #plus} gets there
   * @throws ArithmeticException when the times are farther apart than a long counts
   */
  public boolean reaches(long from, long to) {
    return plus(from, between(from, to)) == to;
  }

  private static long month(long time) {
    return month(TimeStyle.date(time));
  }

  private static long month(LocalDate date) {
    return (long) MONTHS_A_YEAR * date.getYear() + date.getMonthValue() - 1;
  }

  /**
   * The step in words.
   *
   * @return for instance {@code 1 hour}, {@code 7 days}, {@code 3 months} or {@code 1 year}
   */
  @Override
  public String toString() {
    if (unit != Unit.MILLIS) {
      boolean years = amount % MONTHS_A_YEAR == 0;
      return years ? words(amount / MONTHS_A_YEAR, "year") : words(amount, "month");
    }
    int largest = 0;
    while (amount % MILLIS[largest] != 0) {
      largest++;
    }
    return words(amount / MILLIS[largest], NAMES[largest]);
  }

  private static String words(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
