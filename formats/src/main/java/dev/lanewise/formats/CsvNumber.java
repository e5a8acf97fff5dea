package dev.lanewise.formats;

import java.util.regex.Pattern;

/** A cell as a number: plain decimals only, none of the suffixes and hex digits that Java takes. */
final class CsvNumber {
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  private CsvNumber() {}

  /** The nearest double; NaN for what is no number, infinite for what is beyond a double. */
  static double parse(String cell) {
    return isDecimal(cell) ? Double.parseDouble(cell.strip()) : Double.NaN;
  }

  /**
   * The nearest float32, rounded once; NaN for what is no number, infinite for what is beyond
   * float32.
   */
  static float parseFloat(String cell) {
    return isDecimal(cell) ? Float.parseFloat(cell.strip()) : Float.NaN;
  }

  /** Whether it is digits with a sign, a point and an exponent where they may be. */
  private static boolean isDecimal(String cell) {
    String text = cell.strip();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean decimal = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
      if (!decimal && c != 'e' && c != 'E') {
        return false;
      }
    }
    try {
      return !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether a cell says a number, be it NaN, infinite, or beyond float32. */
  static boolean isNumber(String cell) {
    return isDecimal(cell) || NOT_FINITE.matcher(cell.strip()).matches();
  }
}
