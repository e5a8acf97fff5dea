package dev.lanewise.formats;

import java.util.Locale;

/**
 * Text that came from a file or a command line, made fit for one line of a message: what would
 * move, colour, hide or reverse text on a terminal is shown as an escape such as {@code \n} or
 * {@code \u001b}, and what is too long is cut.
 */
public final class Printable {
  private static final String CUT = "..";

  private Printable() {}

  /**
   * Escapes text.
   *
   * @param text any text
   * @return the text, on one line
   */
  public static String of(String text) {
    return of(text, Integer.MAX_VALUE);
  }

  /**
   * Escapes text and cuts it.
   *
   * @param text any text
   * @param most how many characters are shown at most, escapes and all
   * @return the text, on one line; {@code ..} is at its end where it was cut
   */
  public static String of(String text, int most) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + CUT.length());
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      int end = shown.length();
      if (isUnsafe(character)) {
        escape(character, shown);
      } else {
        shown.appendCodePoint(character);
      }
      if (shown.length() > most) {
        // No half of a character, or of an escape.
        shown.setLength(end);
        return shown.append(CUT).toString();
      }
      at += Character.charCount(character);
    }
    return shown.toString();
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void escape(int character, StringBuilder shown) {
    switch (character) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        for (char unit : Character.toChars(character)) {
          shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
      }
    }
  }
}
