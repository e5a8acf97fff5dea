package dev.lanewise.cli.report;

/** How the page's script writes a date. */
final class PageDate {
  private PageDate() {}

  /**
   * The pattern as uPlot takes it: {@code yyyy-MM-dd'T'HH:mm} is {@code
   * {YYYY}-{MM}-{DD}T{HH}:{mm}}.
   *
   * @param pattern as {@link java.text.SimpleDateFormat} takes it, numbers only
   * @throws IllegalArgumentException when it holds what uPlot cannot write
   */
  static String of(String pattern) {
    StringBuilder page = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (quoted || !Character.isLetter(c)) {
        page.append(c);
      } else if (i == 0 || pattern.charAt(i - 1) != c) {
        page.append(field(c, pattern));
      }
    }
    return page.toString();
  }

  private static String field(char letter, String pattern) {
    return switch (letter) {
      case 'y', 'u' -> "{YYYY}";
      case 'M' -> "{MM}";
      case 'd' -> "{DD}";
      case 'H' -> "{HH}";
      case 'm' -> "{mm}";
      case 's' -> "{ss}";
      case 'S' -> "{fff}";
      case 'X' -> "Z"; // all is in UTC
      default ->
          throw new IllegalArgumentException(
              "date pattern " + pattern + ": " + letter + " is none of y, M, d, H, m, s, S, X");
    };
  }
}
