package dev.lanewise.lstm.data;

import java.util.Optional;

/**
 * How the rows of a series follow one another.
 *
 * @param spacing evenly, on weekdays, or as they come
 * @param step the distance of two rows; empty where they are uneven or have no times
 * @param style how times are written; empty where there are none
 */
public record TimeGrid(Spacing spacing, Optional<TimeStep> step, Optional<TimeStyle> style) {
  /** Of rows without times. */
  public static final TimeGrid NONE =
      new TimeGrid(Spacing.ROWS, Optional.empty(), Optional.empty());

  /** How rows lie in time. */
  public enum Spacing {
    /** A step apart; rows that are absent are known to be. */
    EVEN,

    /** Days from Monday to Friday; an absent one was no day of trade. */
    WEEKDAYS,

    /** As they come: a row is a step. */
    ROWS
  }

  /** In milliseconds. */
  static final long DAY = 86_400_000;

  static final int DAYS_A_WEEK = 7;
  private static final int SATURDAY = 5;

  /** 1970 began on a Thursday. */
  private static final int THURSDAY = 3;

  static boolean isWeekend(long millis) {
    return dayOfWeek(millis) >= SATURDAY;
  }

  /** From 0 for Monday. */
  static int dayOfWeek(long millis) {
    return Math.floorMod(Math.floorDiv(millis, DAY) + THURSDAY, DAYS_A_WEEK);
  }

  /**
   * The time so many steps later.
   *
   * @param millis a time, since 1970
   * @param steps 0 or more
   * @return empty where it cannot be known
   */
  public Optional<Long> after(long millis, int steps) {
    if (step.isEmpty()) {
      return Optional.empty();
    }
    if (spacing != Spacing.WEEKDAYS) {
      return Optional.of(step.get().plus(millis, steps));
    }
    long time = millis;
    for (int left = steps; left > 0; left--) {
      do {
        time += DAY;
      } while (isWeekend(time));
    }
    return Optional.of(time);
  }

  /**
   * A time in words.
   *
   * @param millis since 1970
   * @return for instance {@code 2020-12-31}; the number itself where times have no style
   */
  public String format(long millis) {
    return style.map(each -> each.format(millis)).orElse(Long.toString(millis));
  }

  /**
   * In words.
   *
   * @return for instance {@code 1 hour apart}
   */
  @Override
  public String toString() {
    return switch (spacing) {
      case EVEN -> step.map(each -> each + " apart").orElse("evenly apart");
      case WEEKDAYS -> "on weekdays";
      case ROWS -> style.isPresent() ? "unevenly apart" : "without times";
    };
  }
}
