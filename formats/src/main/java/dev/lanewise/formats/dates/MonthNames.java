package dev.lanewise.formats.dates;

import java.util.List;

/** English names of months and of days of the week, whole or cut to three letters or more. */
public final class MonthNames {
  private static final int SHORTEST = 3;
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");
  private static final List<String> WEEKDAYS =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private MonthNames() {}

  /** The month 1 to 12 that the letters from {@code begin} to {@code end} name; 0 for none. */
  public static int month(String text, int begin, int end) {
    return 1 + index(MONTHS, text, begin, end);
  }

  /** Whether the letters from {@code begin} to {@code end} name a day of the week. */
  static boolean isWeekday(String text, int begin, int end) {
    return index(WEEKDAYS, text, begin, end) >= 0;
  }

  private static int index(List<String> names, String text, int begin, int end) {
    int length = end - begin;
    if (length < SHORTEST) {
      return -1;
    }
    for (int i = 0; i < names.size(); i++) {
      if (length <= names.get(i).length()
          && text.regionMatches(true, begin, names.get(i), 0, length)) {
        return i;
      }
    }
    return -1;
  }
}
