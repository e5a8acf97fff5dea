package dev.lanewise.formats.keras;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of Keras that wrote a file, as far as it is known: it decides what some names and
 * absences mean.
 *
 * @param least the earliest that it may be, {@code major * STEP + minor}
 * @param end later than any that it may be
 */
record KerasVersion(int least, int end) {
  private static final int STEP = 10_000;

  /** Any version. */
  static final KerasVersion UNKNOWN = new KerasVersion(STEP, Integer.MAX_VALUE);

  private static final Pattern DIGITS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /** For instance {@code 2.13.1-tf}; any where the text is no version. */
  static KerasVersion parse(String text) {
    Matcher digits = DIGITS.matcher(text);
    if (!digits.matches()) {
      return UNKNOWN;
    }
    int at = at(Integer.parseInt(digits.group(1)), Integer.parseInt(digits.group(2)));
    return new KerasVersion(at, at + 1);
  }

  private static int at(int major, int minor) {
    return major * STEP + minor;
  }

  /** What is known once it is known to be this version or a later one. */
  KerasVersion from(int major, int minor) {
    return new KerasVersion(Math.max(least, at(major, minor)), end);
  }

  /** What is known once it is known to be earlier than this version. */
  KerasVersion before(int major, int minor) {
    return new KerasVersion(least, Math.min(end, at(major, minor)));
  }

  /** What both say; this, where they contradict each other. */
  KerasVersion and(KerasVersion other) {
    KerasVersion both = new KerasVersion(Math.max(least, other.least), Math.min(end, other.end));
    return both.least < both.end ? both : this;
  }

  /** Whether it surely is the version or a later one. */
  boolean isFrom(int major, int minor) {
    return least >= at(major, minor);
  }

  /** Whether it surely is earlier than the version. */
  boolean isBefore(int major, int minor) {
    return end <= at(major, minor);
  }
}
