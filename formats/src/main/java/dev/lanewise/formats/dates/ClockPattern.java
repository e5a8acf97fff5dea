package dev.lanewise.formats.dates;

import dev.lanewise.lstm.data.TimeStyle;

/** Times of day as people write them, and the offset from UTC behind them. */
final class ClockPattern {
  private static final int HOURS = 24;
  private static final int SIXTY = 60;
  private static final int NOON = 12;
  private static final int MILLI_DIGITS = 3;
  private static final char UNSAID = 0;
  private static final int LARGEST_OFFSET = 18 * SIXTY;

  private ClockPattern() {}

  /** Scans what may follow a date, to the end of the cell. */
  static boolean scanRest(TimeCell cell) {
    if (cell.atEnd()) {
      return true;
    }
    if (cell.shape.style() != TimeStyle.DATE) {
      return false; // a month has no time of day
    }
    boolean iso = cell.take('T') || cell.take('t') || cell.take('_') || cell.take(':');
    if (!iso) {
      boolean comma = cell.take(',');
      boolean blank = cell.blanks();
      boolean dash = blank && cell.take('-') && cell.blanks();
      if (!comma && !blank && !dash) {
        return false;
      }
      if (cell.takeWord("at ", "'at '")) {
        cell.blanks();
      }
    }
    return scan(cell, true) && zone(cell) && cell.atEnd();
  }

  /**
   * Scans a time of day.
   *
   * @param dated whether a date stands before it, so that digits alone are a time
   */
  static boolean scan(TimeCell cell, boolean dated) {
    int digits = cell.digits();
    if (dated && (digits == 4 || digits == 6)) {
      return at(cell, cell.number(2, 'H'), cell.number(2, 'm'), digits == 6 ? seconds(cell) : 0);
    }
    if (digits < 1 || digits > 2) {
      return false;
    }
    int mark = cell.mark();
    int written = cell.written();
    int hour = cell.number(digits, 'H');
    char separator = cell.here();
    if (separator == 'h' || separator == 'H') {
      cell.take(separator);
      int minutes = cell.digits() == 2 ? cell.number(2, 'm') : 0;
      return at(cell, hour, minutes, 0);
    }
    if (separator != ':' && separator != '.') {
      int half = half(cell);
      if (half < 0) {
        return dated && digits == 2 && at(cell, hour, 0, 0);
      }
      cell.reset(mark, written);
      return at(cell, hour(cell.number(digits, 'h'), half(cell)), 0, 0);
    }
    cell.reset(mark, written);
    return minutes(cell, digits);
  }

  private static boolean minutes(TimeCell cell, int digits) {
    int mark = cell.mark();
    int written = cell.written();
    int end = scanMinutes(cell, digits, 'H');
    if (end < 0) {
      return false;
    }
    int half = half(cell);
    if (half < 0) {
      return true;
    }
    cell.reset(mark, written); // the pattern says h where it is an hour of a half day
    scanMinutes(cell, digits, 'h');
    half = half(cell);
    int hour = end / SIXTY;
    if (hour > NOON) {
      return false;
    }
    cell.clock += (hour(hour, half) - hour) * SIXTY * (int) TimeCell.MINUTE;
    return true;
  }

  /** The minutes of the day; -1 where it is no time. */
  private static int scanMinutes(TimeCell cell, int digits, char letter) {
    int hour = cell.number(digits, letter);
    char separator = cell.here();
    cell.take(separator);
    if (cell.digits() != 2) {
      return -1;
    }
    int minute = cell.number(2, 'm');
    int millis = 0;
    int mark = cell.mark();
    int written = cell.written();
    if (cell.take(separator)) {
      if (cell.digits() == 2) {
        millis = seconds(cell);
      } else {
        cell.reset(mark, written);
        return -1;
      }
    }
    return at(cell, hour, minute, millis) ? hour * SIXTY + minute : -1;
  }

  /** Milliseconds of seconds and their fraction, which is cut at the third digit. */
  private static int seconds(TimeCell cell) {
    int seconds = cell.number(2, 's');
    int millis = 1000 * seconds;
    int mark = cell.mark();
    int written = cell.written();
    if (!cell.take('.') && !cell.take(',')) {
      return millis;
    }
    int digits = cell.digits();
    if (digits == 0) {
      cell.reset(mark, written);
      return millis;
    }
    int kept = Math.min(digits, MILLI_DIGITS);
    int fraction = cell.number(kept, 'S');
    for (int i = kept; i < MILLI_DIGITS; i++) {
      fraction *= 10;
    }
    for (int i = kept; i < digits; i++) {
      cell.number(1, 'S');
    }
    return millis + fraction;
  }

  private static boolean at(TimeCell cell, int hour, int minute, int millis) {
    boolean midnight = hour == HOURS && minute == 0 && millis == 0;
    if ((hour >= HOURS && !midnight) || minute >= SIXTY || millis >= TimeCell.MINUTE) {
      return false;
    }
    cell.clock = (hour * SIXTY + minute) * (int) TimeCell.MINUTE + millis;
    return true;
  }

  /** 0 for AM, 12 for PM, -1 for neither. */
  private static int half(TimeCell cell) {
    int mark = cell.mark();
    int written = cell.written();
    cell.blanks();
    if (cell.takeWord("am", "a") || cell.takeWord("a.m.", "a")) {
      return 0;
    }
    if (cell.takeWord("pm", "a") || cell.takeWord("p.m.", "a")) {
      return NOON;
    }
    cell.reset(mark, written);
    return -1;
  }

  /** 12 AM is midnight, 12 PM is noon. */
  private static int hour(int hour, int half) {
    return hour > NOON ? HOURS + 1 : hour % NOON + half;
  }

  /**
   * {@code Z}, {@code UTC}, {@code GMT}, {@code +02:00}, {@code +0200}, {@code +02}; or nothing.
   */
  private static boolean zone(TimeCell cell) {
    if (cell.atEnd()) {
      return true;
    }
    cell.blanks();
    cell.zoned = true;
    boolean named = cell.takeWord("UTC", "") || cell.takeWord("GMT", "") || cell.takeWord("Z", "");
    boolean east = cell.takeWord("+", "");
    if (!east && !cell.takeWord("-", "")) {
      return named;
    }
    int digits = cell.digits();
    boolean whole = digits == 1 || digits == 2;
    if (!whole && digits != 4) {
      return false;
    }
    int minutes = SIXTY * cell.number(whole ? digits : 2, UNSAID);
    if (!whole || cell.takeWord(":", "")) {
      if (cell.digits() != 2) {
        return false;
      }
      minutes += cell.number(2, UNSAID);
    }
    cell.offset = east ? minutes : -minutes;
    return minutes <= LARGEST_OFFSET;
  }
}
