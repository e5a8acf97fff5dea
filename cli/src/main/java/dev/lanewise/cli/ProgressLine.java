package dev.lanewise.cli;

import java.util.Locale;

/** How far a piece of work is, on one line of a terminal. */
final class ProgressLine {
  private static final int WIDEST_BAR = 40;
  private static final int NARROWEST_BAR = 8;

  private ProgressLine() {}

  /**
   * For instance {@code training 45 % [#### ] 9/20 loss 0.0123 0:07 left}. What does not fit is
   * left out, the last first.
   *
   * @param done of the total
   * @param note what else there is to say
   * @param seconds since the work began
   * @param columns of the terminal; the line takes one less, for some begin a new one after the
   *     last
   */
  static String of(String task, double done, int total, String note, double seconds, int columns) {
    String head = String.format(Locale.ROOT, "%s %3d %% ", task, (int) (100 * done / total));
    String count = " " + (int) done + "/" + total;
    String left = done > 0 ? "  " + clock(seconds * (total - done) / done) + " left" : "";
    String text = count + "  " + note + left;
    int room = columns - 1 - head.length() - 2;
    if (text.length() + NARROWEST_BAR > room) {
      text = count + "  " + note;
    }
    if (text.length() + NARROWEST_BAR > room) {
      text = count;
    }
    int width = Math.min(WIDEST_BAR, room - text.length());
    if (width < NARROWEST_BAR) {
      return head.strip();
    }
    int filled = (int) (width * done / total);
    return head + "[" + "#".repeat(filled) + " ".repeat(width - filled) + "]" + text;
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
