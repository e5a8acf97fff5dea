package dev.lanewise.formats.dates;

import dev.lanewise.formats.times.CompactDates;

/**
 * Dates as people write them. What is scanned may be no day of the calendar: a month 13 is for the
 * other order of day and month.
 */
final class DatePattern {
  private static final int LAST_MONTH = 12;
  private static final int LAST_DAY = 31;
  private static final String[] ORDINALS = {"st", "nd", "rd", "th"};

  private DatePattern() {}

  /** Scans a date from where the cell is; what follows it is left. */
  static boolean scan(TimeCell cell) {
    int letters = cell.letters();
    if (letters >= 3 && cell.weekdayName(letters)) {
      cell.take('.');
      cell.take(',');
      if (!cell.blanks()) {
        return false;
      }
      letters = cell.letters();
    }
    if (letters > 0) {
      return letters == 1 ? quarterFirst(cell) : monthNameFirst(cell, letters);
    }
    return switch (cell.digits()) {
      case 4 -> yearFirst(cell);
      case 8 -> compact(cell);
      case 1, 2 -> dayFirst(cell);
      default -> false;
    };
  }

  /** {@code 2020-12-31}, {@code 2020/12}, {@code 2020-Dec-31}, {@code 2020-Q4}, {@code 2020M12}. */
  private static boolean yearFirst(TimeCell cell) {
    cell.year = cell.number(4, 'y');
    char separator = cell.here();
    if (separator == '-' || separator == '/' || separator == '.' || separator == ' ') {
      cell.take(separator);
    }
    int letters = cell.letters();
    if (letters == 1) {
      return separator != '.' && quarterOrMonth(cell);
    }
    if (letters > 1) {
      return yearThenName(cell, letters);
    }
    int digits = cell.digits();
    if (separator == ' ' || digits < 1 || digits > 2) {
      return false;
    }
    cell.month = cell.number(digits, 'M');
    cell.separator = separator;
    if (!cell.take(separator)) {
      cell.day = 1;
      cell.shape = DateShape.YEAR_MONTH;
      return separator != '.' && isMonth(cell.month);
    }
    return yearMonthDay(cell);
  }

  private static boolean yearMonthDay(TimeCell cell) {
    int digits = cell.digits();
    if (digits < 1 || digits > 2) {
      return false;
    }
    cell.day = cell.number(digits, 'd');
    cell.shape = DateShape.YEAR_MONTH_DAY;
    return isMonth(cell.month) && isDay(cell.day);
  }

  private static boolean quarterOrMonth(TimeCell cell) {
    if (cell.here() == 'M') {
      cell.separator = 'M';
      cell.take('M');
      int digits = cell.digits();
      cell.day = 1;
      cell.shape = DateShape.YEAR_MONTH;
      cell.month = digits == 2 ? cell.number(2, 'M') : 0;
      return isMonth(cell.month);
    }
    return quarter(cell);
  }

  private static boolean yearThenName(TimeCell cell, int letters) {
    cell.month = cell.monthName(letters);
    if (cell.month == 0) {
      return false;
    }
    cell.day = 1;
    cell.shape = DateShape.NAMED_MONTH;
    if (cell.atEnd()) {
      return true;
    }
    between(cell);
    int digits = cell.digits();
    if (digits < 1 || digits > 2) {
      return false;
    }
    cell.day = cell.number(digits, 'd');
    cell.shape = DateShape.NAMED_DAY;
    return isDay(cell.day);
  }

  /** {@code 20201231} before a time of day; alone it is a number, see {@link CompactDates}. */
  private static boolean compact(TimeCell cell) {
    cell.year = cell.number(4, 'y');
    cell.month = cell.number(2, 'M');
    cell.day = cell.number(2, 'd');
    cell.shape = DateShape.YEAR_MONTH_DAY;
    return !cell.atEnd() && isMonth(cell.month) && isDay(cell.day);
  }

  /** {@code 31/12/2020}, {@code 31.12.20}, {@code 12/2020}, {@code 31 December 2020}. */
  private static boolean dayFirst(TimeCell cell) {
    int firstDigits = cell.digits();
    int written = cell.written();
    int mark = cell.mark();
    int first = cell.number(firstDigits, '1');
    ordinal(cell);
    char separator = cell.here();
    boolean numbers = separator == '-' || separator == '/' || separator == '.';
    if (numbers) {
      cell.take(separator);
    }
    int digits = cell.digits();
    if (digits == 0) {
      cell.reset(mark, written);
      return dayThenName(cell);
    }
    if (!numbers) {
      return false;
    }
    if (digits == 4) {
      cell.reset(mark, written);
      return monthThenYear(cell, separator);
    }
    if (digits > 2) {
      return false;
    }
    int second = cell.number(digits, '2');
    cell.separator = separator;
    cell.shape = DateShape.TWO_NUMBERS;
    cell.month = first;
    cell.day = second;
    boolean either = (isDay(first) && isMonth(second)) || (isMonth(first) && isDay(second));
    return either && cell.take(separator) && year(cell);
  }

  private static boolean monthThenYear(TimeCell cell, char separator) {
    cell.month = cell.number(cell.digits(), 'M');
    cell.take(separator);
    cell.year = cell.number(4, 'y');
    cell.day = 1;
    cell.separator = separator;
    cell.shape = DateShape.YEAR_MONTH;
    return separator != '.' && isMonth(cell.month);
  }

  private static boolean dayThenName(TimeCell cell) {
    cell.day = cell.number(cell.digits(), 'd');
    ordinal(cell);
    between(cell);
    int letters = cell.letters();
    if (letters == 2 && cell.takeWord("of", "'of'") && cell.blanks()) {
      letters = cell.letters();
    }
    cell.month = cell.monthName(letters);
    if (cell.month == 0 || !isDay(cell.day)) {
      return false;
    }
    between(cell);
    cell.shape = DateShape.NAMED_DAY;
    return year(cell);
  }

  /** {@code October 26, 2012}, {@code January 1960}, {@code Jan-60}. */
  private static boolean monthNameFirst(TimeCell cell, int letters) {
    cell.month = cell.monthName(letters);
    if (cell.month == 0) {
      return false;
    }
    between(cell);
    int written = cell.written();
    int mark = cell.mark();
    int digits = cell.digits();
    cell.day = 1;
    cell.shape = DateShape.NAMED_MONTH;
    if (digits == 4 || digits == 0) {
      return year(cell);
    }
    if (digits > 2) {
      return false;
    }
    int number = cell.number(digits, 'd');
    if (cell.atEnd()) {
      cell.reset(mark, written);
      return year(cell);
    }
    cell.day = number;
    cell.shape = DateShape.NAMED_DAY;
    ordinal(cell);
    between(cell);
    return isDay(number) && year(cell);
  }

  private static boolean quarterFirst(TimeCell cell) {
    if (!quarter(cell)) {
      return false;
    }
    between(cell);
    return year(cell);
  }

  private static boolean quarter(TimeCell cell) {
    if (!cell.take('Q') && !cell.take('q')) {
      return false;
    }
    int number = cell.digits() == 1 ? cell.number(1, 'Q') : 0;
    cell.month = 3 * number - 2;
    cell.day = 1;
    cell.shape = DateShape.QUARTER;
    return number >= 1 && number <= 4;
  }

  /** Four digits, or two that are then of a century that the column decides. */
  private static boolean year(TimeCell cell) {
    boolean apostrophe = cell.here() == '\'' && cell.takeWord("'", "''");
    int digits = cell.digits();
    if (digits != 2 && (digits != 4 || apostrophe)) {
      return false;
    }
    cell.shortYear = digits == 2;
    cell.year = cell.number(digits, 'y');
    return true;
  }

  private static void ordinal(TimeCell cell) {
    if (cell.letters() == 2) {
      for (String ordinal : ORDINALS) {
        if (cell.takeWord(ordinal, "'" + ordinal + "'")) {
          return;
        }
      }
    }
  }

  /** What stands around the name of a month. */
  private static void between(TimeCell cell) {
    cell.take('.');
    cell.take(',');
    cell.blanks();
    if (!cell.take('-')) {
      cell.take('/');
    }
    cell.blanks();
  }

  private static boolean isMonth(int number) {
    return number >= 1 && number <= LAST_MONTH;
  }

  private static boolean isDay(int number) {
    return number >= 1 && number <= LAST_DAY;
  }
}
