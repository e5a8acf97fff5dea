package dev.lanewise.formats.dates;

import dev.lanewise.formats.RowTimes;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A cell while it is scanned: how far the scan is, and what it found. One object serves all cells
 * of a column. Not thread-safe.
 */
public final class TimeCell {
  /** The time of a cell that is no time. */
  public static final long NONE = Long.MIN_VALUE;

  public static final long DAY = 24L * 60 * 60 * 1000;
  public static final long MINUTE = 60L * 1000;
  public static final int NO_CLOCK = -1;

  /** Of two digits, 00 to 68 are of this century. */
  private static final int PIVOT = 69;

  private String text = "";
  private int at;
  private int end;

  /** The pattern of the cell in the letters of java.time, where it is asked for. */
  private @Nullable StringBuilder pattern;

  public DateShape shape = DateShape.NONE;

  /** Between the numbers of a date; 0 where there is none, or a name. */
  char separator;

  public int year;

  /** Of {@link DateShape#TWO_NUMBERS} the first number. */
  public int month;

  /** Of {@link DateShape#TWO_NUMBERS} the second number. */
  public int day;

  public boolean shortYear;

  /** Milliseconds of the day, or {@link #NO_CLOCK}. */
  public int clock;

  /** Whether an offset from UTC is written. */
  boolean zoned;

  /** East of UTC, in minutes. */
  public int offset;

  /** Scans a date with or without a time of day, or a time of day alone. */
  public boolean scan(String cell) {
    begin(cell);
    if (DatePattern.scan(this) && ClockPattern.scanRest(this)) {
      return true;
    }
    return scanClock(cell);
  }

  /** Scans a time of day alone: {@code 18.10.20} may be a date too. */
  public boolean scanClock(String cell) {
    begin(cell);
    return ClockPattern.scan(this, false) && atEnd();
  }

  private void begin(String cell) {
    text = cell;
    end = cell.length();
    at = 0;
    while (at < end && text.charAt(at) <= ' ') {
      at++;
    }
    while (end > at && text.charAt(end - 1) <= ' ') {
      end--;
    }
    shape = DateShape.NONE;
    separator = 0;
    shortYear = false;
    clock = NO_CLOCK;
    zoned = false;
    offset = 0;
    if (pattern != null) {
      pattern.setLength(0);
    }
  }

  /**
   * The pattern of a cell, {@code 1} and {@code 2} for the two numbers; empty where it has none.
   */
  public static String pattern(String cell, boolean clockOnly) {
    TimeCell scanned = new TimeCell();
    StringBuilder pattern = new StringBuilder();
    scanned.pattern = pattern;
    boolean is = clockOnly ? scanned.scanClock(cell) : scanned.scan(cell);
    return is ? pattern.toString() : "";
  }

  /** Midnight of the date; {@link RowTimes#NONE} where the calendar has no such day. */
  public static long midnight(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return NONE;
    }
    if (day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()) {
      return NONE;
    }
    return LocalDate.of(year, month, day).toEpochDay() * DAY;
  }

  static int century(int twoDigits) {
    return twoDigits < PIVOT ? 2000 : 1900;
  }

  // The cursor.

  boolean atEnd() {
    return at == end;
  }

  /** The character here; 0 at the end. */
  char here() {
    return at < end ? text.charAt(at) : 0;
  }

  int mark() {
    return at;
  }

  /** Goes back to a {@link #mark}; the pattern too must be as it was then. */
  void reset(int mark, int written) {
    at = mark;
    if (pattern != null) {
      pattern.setLength(written);
    }
  }

  int written() {
    return pattern == null ? 0 : pattern.length();
  }

  /** How many digits begin here. */
  int digits() {
    int i = at;
    while (i < end && isDigit(text.charAt(i))) {
      i++;
    }
    return i - at;
  }

  /** How many ASCII letters begin here. */
  int letters() {
    int i = at;
    while (i < end && isLetter(text.charAt(i))) {
      i++;
    }
    return i - at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Takes at most nine digits as a number, which the pattern says by a letter; by none for 0. */
  int number(int digits, char letter) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      value = 10 * value + text.charAt(at + i) - '0';
    }
    at += digits;
    write(letter, digits);
    return value;
  }

  /** Takes letters that name a month; 0 where they name none. */
  int monthName(int letters) {
    int named = MonthNames.month(text, at, at + letters);
    at += letters;
    write('M', letters == 3 ? 3 : 4);
    return named;
  }

  boolean weekdayName(int letters) {
    if (!MonthNames.isWeekday(text, at, at + letters)) {
      return false;
    }
    at += letters;
    write('E', letters == 3 ? 3 : 4);
    return true;
  }

  /** Takes a character, if it is here. */
  boolean take(char c) {
    if (here() != c) {
      return false;
    }
    at++;
    if (pattern != null) {
      pattern.append(isLetter(c) ? "'" + c + "'" : String.valueOf(c));
    }
    return true;
  }

  /** Takes a word, if it is here in letters of any case. */
  boolean takeWord(String word, String written) {
    if (!text.regionMatches(true, at, word, 0, word.length()) || at + word.length() > end) {
      return false;
    }
    at += word.length();
    if (pattern != null) {
      pattern.append(written);
    }
    return true;
  }

  /** Takes blanks; whether there was one. */
  boolean blanks() {
    int begin = at;
    boolean more = take(' ');
    while (more) {
      more = take(' ');
    }
    return at > begin;
  }

  private void write(char letter, int count) {
    if (pattern != null && letter != 0) {
      pattern.repeat(letter, count);
    }
  }
}
