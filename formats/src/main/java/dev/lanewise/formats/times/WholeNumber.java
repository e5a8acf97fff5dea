package dev.lanewise.formats.times;

/** A cell as a whole number that is not negative: {@code 2010}, {@code 2010.0}. */
final class WholeNumber {
  /** What is no such number. */
  static final long NONE = -1;

  private static final int MOST_DIGITS = 19;

  private WholeNumber() {}

  /** The number; {@link #NONE} where it is negative, has a fraction, or is beyond a long. */
  static long parse(String cell) {
    int at = 0;
    int end = cell.length();
    while (at < end && cell.charAt(at) <= ' ') {
      at++;
    }
    while (end > at && cell.charAt(end - 1) <= ' ') {
      end--;
    }
    int point = cell.indexOf('.', at);
    int digits = (point < 0 || point > end ? end : point) - at;
    if (digits < 1 || digits > MOST_DIGITS) {
      return NONE;
    }
    for (int i = at + digits + 1; i < end; i++) {
      if (cell.charAt(i) != '0') {
        return NONE;
      }
    }
    long number = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = cell.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        return NONE;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
