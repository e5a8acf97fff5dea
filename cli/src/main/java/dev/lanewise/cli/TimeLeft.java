package dev.lanewise.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * How long work will still take. The first part of any work is slow here, until the JVM has
 * compiled it. So only the last third of the time gone by counts, and nothing is said until that
 * was hardly faster than the third before, or a quarter of the work is done. What was said holds,
 * and counts down, until it is off by more than a tenth. Not for several threads.
 */
final class TimeLeft {
  private static final double SILENT_SECONDS = 2;

  /** So much of the work done says something anyway. */
  private static final double SILENT_PART = 0.25;

  /** More than the third before: still warming up. */
  private static final double FASTER = 1.2;

  /** Notes stand so far apart, as a part of the time gone by, so that they stay few. */
  private static final double SPACING = 0.05;

  private static final double OFF = 0.1;
  private static final double LEAST_OFF_SECONDS = 1;

  private record Note(double done, double seconds) {}

  private final double total;

  /** In order; the first is the last of the earliest third of the time. */
  private final Deque<Note> notes = new ArrayDeque<>(List.of(new Note(0, 0)));

  private boolean settled;
  private double end = Double.NaN;

  TimeLeft(double total) {
    this.total = total;
  }

  /**
   * Notes how far the work is.
   *
   * @param done of the total, not less than before
   * @param seconds since the work began, not less than before
   * @return the seconds left; NaN where that cannot be said yet
   */
  double at(double done, double seconds) {
    Note early = lastUntil(seconds / 3);
    Note late = lastUntil(seconds * 2 / 3);
    notes.removeIf(note -> note.seconds < early.seconds);
    if (seconds >= notes.getLast().seconds + SPACING * seconds) {
      notes.addLast(new Note(done, seconds));
    }
    double speed = (done - late.done) / (seconds - late.seconds);
    double before = (late.done - early.done) / (late.seconds - early.seconds);
    boolean warm = speed <= FASTER * before || done >= SILENT_PART * total;
    settled |= seconds >= SILENT_SECONDS && speed > 0 && warm;
    if (!settled) {
      return Double.NaN;
    }
    double left = (total - done) / speed;
    double off = Math.abs(seconds + left - end);
    boolean holds = off <= Math.max(LEAST_OFF_SECONDS, OFF * left) && done < total;
    if (!holds && Double.isFinite(left)) {
      end = seconds + left;
    }
    return Math.max(0, end - seconds);
  }

  private Note lastUntil(double time) {
    Note last = notes.getFirst();
    for (Note note : notes) {
      last = note.seconds <= time ? note : last;
    }
    return last;
  }

  /** As a clock has it: {@code 0:07}, {@code 1:02:03}; empty where it is not known. */
  static String text(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "";
    }
    long whole = Math.round(seconds);
    return whole >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
