package dev.lanewise.formats.csv;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which cells have no value. In a column of numbers that is any of the words below; among text only
 * what can hardly be a value: a blank, {@code NA}, {@code N/A}, {@code #N/A}, {@code NaN}, {@code
 * null}.
 */
public final class CsvMissing {
  private static final Set<String> IN_TEXT =
      Set.of("", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL");
  private static final Set<String> IN_NUMBERS =
      Set.of(
          "", "na", "n/a", "#n/a", "nan", "null", "none", "-", "--", "?", ".", "..", "*", "***",
          "\u2013", "\u2014");
  private static final int LONGEST = 4;

  private final List<String> codes;
  private final double[] values; // of the codes; NaN where one is no number

  public CsvMissing(List<String> codes) {
    this.codes = codes;
    this.values = codes.stream().mapToDouble(CsvMissing::value).toArray();
  }

  private static double value(String code) {
    CsvNumeral numeral = new CsvNumeral();
    double point = CsvNumber.parse(numeral, code, '.');
    return Double.isNaN(point) ? CsvNumber.parse(numeral, code, ',') : point;
  }

  /** Whether a cell of a column of numbers has no value. */
  static boolean inNumbers(String cell) {
    String word = stripped(cell);
    return word.length() <= LONGEST
        && (word.isEmpty() || !isDigit(word.charAt(word.length() - 1)))
        && IN_NUMBERS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether a cell of a column of text has no value. */
  public static boolean inText(String cell) {
    String word = stripped(cell);
    return word.length() <= LONGEST && IN_TEXT.contains(word);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Without the blanks around it, those that do not break a line too. */
  static String stripped(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && CsvNumeral.isBlank(cell.charAt(start))) {
      start++;
    }
    while (start < end && CsvNumeral.isBlank(cell.charAt(end - 1))) {
      end--;
    }
    return cell.substring(start, end);
  }

  boolean hasCodes() {
    return !codes.isEmpty();
  }

  /** Whether a cell is one of the codes, as text or as a number. */
  boolean isCode(CsvNumeral numeral, String cell, char decimal) {
    if (codes.isEmpty()) {
      return false;
    }
    if (codes.contains(stripped(cell))) {
      return true;
    }
    double number = CsvNumber.parse(numeral, cell, decimal);
    if (Double.isNaN(number)) {
      number = CsvNumber.parse(numeral, cell, decimal == '.' ? ',' : '.');
    }
    for (double value : values) {
      if (number == value) {
        return true;
      }
    }
    return false;
  }
}
