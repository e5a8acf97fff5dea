package dev.lanewise.formats;

import java.util.regex.Pattern;

/** A cell as a number: plain decimals only, none of the suffixes and hex digits that Java takes. */
final class CsvNumber {
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  private CsvNumber() {}

  /** The nearest float32; NaN for what is no number, infinite for what is beyond float32. */
  static float parse(String cell) {
    String text = cell.strip();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean decimal = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
      if (!decimal && c != 'e' && c != 'E') {
        return Float.NaN;
      }
    }
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  /** Whether a cell says a number, be it NaN, infinite, or beyond float32. */
  static boolean isNumber(String cell) {
    return !Float.isNaN(parse(cell)) || NOT_FINITE.matcher(cell.strip()).matches();
  }
}
