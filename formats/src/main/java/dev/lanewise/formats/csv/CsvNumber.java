package dev.lanewise.formats.csv;

import java.util.regex.Pattern;

/** A cell as a number: none of the suffixes and hex digits that Java takes. */
public final class CsvNumber {
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

  private CsvNumber() {}

  /**
   * The nearest double; NaN for what is no number, infinite for what is beyond a double.
   *
   * @param decimal what stands before the decimals
   */
  static double parse(CsvNumeral numeral, String cell, char decimal) {
    String plain = numeral.canonical(cell, decimal);
    return plain.isEmpty() ? Double.NaN : Double.parseDouble(plain);
  }

  /**
   * The nearest float32, rounded once; NaN for what is no number, infinite for what is beyond
   * float32.
   */
  public static float parseFloat(CsvNumeral numeral, String cell, char decimal) {
    String plain = numeral.canonical(cell, decimal);
    return plain.isEmpty() ? Float.NaN : Float.parseFloat(plain);
  }

  /** Whether a cell says a number, be it NaN, infinite, or beyond float32. */
  static boolean isNumber(String cell) {
    return new CsvNumeral().read(cell) != 0 || isNotFinite(cell);
  }

  /** Whether a cell says NaN or infinity. */
  static boolean isNotFinite(String cell) {
    return NOT_FINITE.matcher(cell.strip()).matches();
  }
}
