package dev.lanewise.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows ahead: {@code 7} is the seventh alone, {@code 1..7} all seven.
 *
 * @param first the nearest
 * @param last the farthest
 */
record Horizon(int first, int last) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})(?:\\.\\.(\\d{1,6}))?");

  static Horizon parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (form.matches()) {
      int first = Integer.parseInt(form.group(1));
      int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
      if (first >= 1 && last >= first) {
        return new Horizon(first, last);
      }
    }
    throw new InputException(
        "--horizon " + text + ": expected 1 or more, or a range such as 1..7 for all seven");
  }
}
