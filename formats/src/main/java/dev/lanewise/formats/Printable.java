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
   * @return the text, on one line; itself where nothing needs an escape
   */
  public static String of(String text) {
    int at = firstUnsafe(text);
    if (at == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, at);
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (isUnsafe(character)) {
        escape(character, shown);
      } else {
        shown.appendCodePoint(character);
      }
      at += Character.charCount(character);
    }
    return shown.toString();
  }

  /**
   * Escapes text and cuts it.
   *
   * @param text any text
   * @param most how many characters of it are shown at most, 1 or more
   * @return the text, on one line; {@code ..} is at its end where it was cut
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return of(text);
    }
    // Half a pair of surrogates is no character.
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return of(text.substring(0, end)) + CUT;
  }

  private static int firstUnsafe(String text) {
    int at = 0;
    while (at < text.length() && !isUnsafe(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
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
