package dev.lanewise.formats.csv;

import java.util.Currency;
import java.util.HashSet;
import java.util.Set;

/**
 * A cell as a number, in the ways that people write it: a point or a comma before the decimals,
 * thousands apart, a currency, a percent sign, accounting's parentheses. Made once and given cell
 * after cell. Not thread-safe.
 */
public final class CsvNumeral {
  /** Read with a point before the decimals; with a comma; a point or a comma is in the cell. */
  static final int POINT = 1;

  static final int COMMA = 2;
  static final int MARKED = 4;

  private static final String SIGNS = "+-\u2212";
  private static final Set<String> CURRENCIES = currencies();
  private static final int LONGEST_CODE = 3;

  private String cell = "";
  private int start;
  private int end;
  private boolean negative;
  private boolean signed;
  private boolean percent;
  private String currency = "";
  private boolean grouped;

  private static Set<String> currencies() {
    Set<String> codes = new HashSet<>(Set.of("kr", "z\u0142", "K\u010d", "Ft", "Rs", "Fr"));
    Currency.getAvailableCurrencies().forEach(each -> codes.add(each.getCurrencyCode()));
    return Set.copyOf(codes);
  }

  /**
   * Looks at a cell.
   *
   * @return how it can be read: a sum of the constants; 0 where it is no number
   */
  int read(String text) {
    take(text);
    int marks = 0;
    if (start < end && (isDigit(start) || cell.charAt(start) == '.' || cell.charAt(start) == ',')) {
      boolean mark = cell.indexOf('.', start) >= 0 || cell.indexOf(',', start) >= 0;
      marks = (fits('.') ? POINT : 0) | (fits(',') ? COMMA : 0);
      marks |= marks != 0 && mark ? MARKED : 0;
    }
    return marks;
  }

  /** Whether the cell of the last call has a percent sign. */
  boolean isPercent() {
    return percent;
  }

  /** The currency of the cell of the last call; empty where it has none. */
  String currency() {
    return currency;
  }

  /**
   * The number as Java writes it, which parses to the nearest double or float.
   *
   * @param decimal what stands before the decimals
   * @return empty where it is no number
   */
  String canonical(String text, char decimal) {
    take(text);
    if (start >= end || !fits(decimal)) {
      return "";
    }
    if (!grouped && decimal == '.') {
      return negative ? "-" + cell.substring(start, end) : cell.substring(start, end);
    }
    StringBuilder plain = new StringBuilder(negative ? "-" : "");
    for (int i = start; i < end; i++) {
      char c = cell.charAt(i);
      if (c == decimal) {
        plain.append('.');
      } else if ((c >= '0' && c <= '9') || c == 'e' || c == 'E' || c == '-' || c == '+') {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** Takes off what is around the digits. */
  private void take(String text) {
    cell = text;
    start = 0;
    end = text.length();
    negative = false;
    signed = false;
    percent = false;
    currency = "";
    trim();
    while (start < end && !isDigit(start) && (takeSign() || takeCurrencyBefore())) {
      trim();
    }
    if (start < end && !isDigit(end - 1)) {
      if (cell.charAt(end - 1) == '%') {
        percent = true;
        end--;
      } else if (currency.isEmpty()) {
        takeCurrencyBehind();
      }
      trim();
    }
  }

  private boolean takeSign() {
    char c = cell.charAt(start);
    if (signed) {
      return false;
    }
    if (SIGNS.indexOf(c) >= 0) {
      negative = c != '+';
    } else if (c == '(' && cell.charAt(end - 1) == ')') {
      negative = true;
      end--;
    } else {
      return false;
    }
    signed = true;
    start++;
    return true;
  }

  private boolean takeCurrencyBefore() {
    if (!currency.isEmpty()) {
      return false;
    }
    int at = start;
    while (at < end && at - start < LONGEST_CODE && Character.isLetter(cell.charAt(at))) {
      at++;
    }
    boolean symbol = at < end && isSymbol(cell.charAt(at));
    if (symbol && at - start < LONGEST_CODE) {
      at++; // "$", or "US$"
    } else if (!CURRENCIES.contains(cell.substring(start, at))) {
      return false;
    }
    currency = cell.substring(start, at);
    start = at;
    return true;
  }

  private void takeCurrencyBehind() {
    int at = end;
    if (isSymbol(cell.charAt(end - 1))) {
      at--;
    } else {
      while (at > start && end - at < LONGEST_CODE && Character.isLetter(cell.charAt(at - 1))) {
        at--;
      }
      if (!CURRENCIES.contains(cell.substring(at, end))) {
        return;
      }
    }
    currency = cell.substring(at, end);
    end = at;
  }

  private static boolean isSymbol(char c) {
    return Character.getType(c) == Character.CURRENCY_SYMBOL;
  }

  private boolean isDigit(int at) {
    char c = cell.charAt(at);
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(char c) {
    return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private void trim() {
    while (start < end && isBlank(cell.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(cell.charAt(end - 1))) {
      end--;
    }
  }

  /** Whether what is left is digits, with thousands apart, decimals and an exponent or without. */
  private boolean fits(char decimal) {
    int at = thousands(decimal);
    if (at < 0) {
      return false;
    }
    int digits = at - start;
    if (at < end && cell.charAt(at) == decimal) {
      int from = at + 1;
      at = digitsFrom(from);
      digits += at - from;
    }
    if (digits > 0 && at < end && (cell.charAt(at) == 'e' || cell.charAt(at) == 'E')) {
      int from = at + 1;
      if (from < end && (cell.charAt(from) == '-' || cell.charAt(from) == '+')) {
        from++;
      }
      at = digitsFrom(from);
      digits = at - from;
    }
    return digits > 0 && at == end;
  }

  /** Where the whole part ends; -1 where its groups are not of three digits. */
  private int thousands(char decimal) {
    grouped = false;
    int at = digitsFrom(start);
    int first = at - start;
    char group = at < end ? cell.charAt(at) : decimal;
    if (first == 0 || first > 3 || !separatesThousands(group, decimal)) {
      return at;
    }
    while (at < end && cell.charAt(at) == group) {
      int next = digitsFrom(at + 1);
      if (next - at != 4) {
        return -1;
      }
      at = next;
    }
    grouped = true;
    return cell.charAt(start) == '0' ? -1 : at;
  }

  private static boolean separatesThousands(char c, char decimal) {
    return c != decimal
        && (c == '.'
            || c == ','
            || c == '\''
            || c == '\u2019'
            || (Character.isSpaceChar(c) && c != '\u2028' && c != '\u2029'));
  }

  private int digitsFrom(int from) {
    int at = from;
    while (at < end && isDigit(at)) {
      at++;
    }
    return at;
  }
}
