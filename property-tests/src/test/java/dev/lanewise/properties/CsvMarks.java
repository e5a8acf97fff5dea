package dev.lanewise.properties;

import java.math.BigDecimal;

/**
 * How numbers are written.
 *
 * @param separator what stands between the cells
 * @param decimal what stands before the decimals
 * @param thousands what stands between thousands; empty for nothing
 * @param before a currency before the number
 * @param after a currency or a percent sign behind it
 * @param negative what a negative number begins with: a minus, or accounting's parenthesis
 */
record CsvMarks(
    char separator, char decimal, String thousands, String before, String after, char negative) {

  /** Writes a number with all its digits. */
  String write(double number) {
    String plain = new BigDecimal(Double.toString(Math.abs(number))).toPlainString();
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    String fraction = point < 0 || plain.endsWith(".0") ? "" : decimal + plain.substring(point + 1);
    String digits = before + grouped(whole) + fraction + after;
    if (Double.compare(number, 0) >= 0) {
      return digits;
    }
    return negative == '(' ? "(" + digits + ")" : negative + digits;
  }

  private String grouped(String whole) {
    StringBuilder groups = new StringBuilder(whole);
    for (int at = whole.length() - 3; at > 0; at -= 3) {
      groups.insert(at, thousands);
    }
    return groups.toString();
  }
}
