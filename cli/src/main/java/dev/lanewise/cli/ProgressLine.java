package dev.lanewise.cli;

import java.util.Locale;

/** How far a piece of work is, on one line of a terminal. */
final class ProgressLine {
  private static final int WIDEST_BAR = 40;
  private static final int NARROWEST_BAR = 8;

  private ProgressLine() {}

  /**
   * For instance {@code training 45 % [#### ] 9/20 loss 0.0123 0:07 left}. What does not fit is
   * left out: first the note, then the bar, then the count, then the time left.
   *
   * @param done of the total
   * @param note what else there is to say
   * @param left the seconds left; NaN where they are not known
   * @param columns of the terminal; the line takes one less, for some begin a new one after the
   *     last
   */
  static String of(String task, double done, int total, String note, double left, int columns) {
    int room = Math.max(0, columns - 1);
    String head = String.format(Locale.ROOT, "%s %3d %%", task, (int) (100 * done / total));
    String count = " " + (int) done + "/" + total;
    String time = Double.isFinite(left) ? "  " + TimeLeft.text(left) + " left" : "";
    String all = count + "  " + note + time;
    int bar = NARROWEST_BAR + 3; // a space and brackets
    if (head.length() + bar + all.length() <= room) {
      return withBar(head, done / total, all, room);
    }
    if (head.length() + bar + count.length() + time.length() <= room) {
      return withBar(head, done / total, count + time, room);
    }
    for (String rest : new String[] {count + time, time}) {
      if (head.length() + rest.length() <= room) {
        return head + rest;
      }
    }
    return head.substring(Math.max(0, head.length() - room));
  }

  private static String withBar(String head, double part, String text, int room) {
    int width = Math.min(WIDEST_BAR, room - head.length() - 3 - text.length());
    int filled = (int) (width * part);
    return head + " [" + "#".repeat(filled) + " ".repeat(width - filled) + "]" + text;
  }
}
