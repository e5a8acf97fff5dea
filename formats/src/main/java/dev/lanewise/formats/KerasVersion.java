package dev.lanewise.formats;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of Keras that wrote a file, which decides what some names and absences mean. */
record KerasVersion(int major, int minor) {
  /** Files of Keras 1 need not say their version. */
  static final KerasVersion UNSAID = new KerasVersion(1, 0);

  private static final Pattern DIGITS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

  /** For instance {@code 2.13.1-tf}. */
  static KerasVersion parse(String text) {
    Matcher digits = DIGITS.matcher(text);
    return digits.matches()
        ? new KerasVersion(Integer.parseInt(digits.group(1)), Integer.parseInt(digits.group(2)))
        : UNSAID;
  }

  /** Whether this is the version or a later one. */
  boolean isFrom(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }
}
