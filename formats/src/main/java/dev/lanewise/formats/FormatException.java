package dev.lanewise.formats;

import java.nio.file.Path;

/**
 * A file that cannot be read or written: which file, where in it, what was expected, what was
 * found, and the way out. The one exception of this module; its message is made of these parts, in
 * this order:
 *
 * <pre>{@code weather.csv, row 18, column "temp_max": expected a number, got "warm"; ...}</pre>
 *
 * <p>The message is one line. Names from files are escaped and cut in it as {@link Printable} says.
 */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_PART = 2000;

  /** Which file. */
  private final String file;

  /** Where in it; empty where it is the file as a whole. */
  private final String where;

  /** What would have been right. */
  private final String expected;

  /** What was there instead. */
  private final String got;

  /** The way out; empty where there is no advice to give. */
  private final String remedy;

  /**
   * Puts the parts of a message together. The readers and writers of this module do so.
   *
   * @param file which file
   * @param where in it; empty where it is the file as a whole
   * @param expected what would have been right
   * @param got what was there instead
   * @param remedy the way out; empty where there is no advice to give
   */
  public FormatException(Path file, String where, String expected, String got, String remedy) {
    super(message(file, where, expected, got, remedy));
    this.file = file.toString();
    this.where = shown(where);
    this.expected = shown(expected);
    this.got = shown(got);
    this.remedy = shown(remedy);
  }

  /**
   * Puts the parts of a message together, and keeps what was thrown before.
   *
   * @param file which file
   * @param where in it; empty where it is the file as a whole
   * @param expected what would have been right
   * @param got what was there instead
   * @param remedy the way out; empty where there is no advice to give
   * @param cause what was thrown before
   */
  public FormatException(
      Path file, String where, String expected, String got, String remedy, Throwable cause) {
    this(file, where, expected, got, remedy);
    initCause(cause);
  }

  private static String message(
      Path file, String where, String expected, String got, String remedy) {
    return Printable.of(file.toString())
        + (where.isEmpty() ? "" : ", " + shown(where))
        + (": expected " + shown(expected))
        + (", got " + shown(got))
        + (remedy.isEmpty() ? "" : "; " + shown(remedy));
  }

  /** The one place where what files and arguments say is made fit to be read. */
  private static String shown(String part) {
    return Printable.of(part, LONGEST_PART);
  }

  /**
   * Which file.
   *
   * @return the path as it was given
   */
  public String file() {
    return file;
  }

  /**
   * Where in the file.
   *
   * @return for instance {@code byte 61} or {@code row 18, column "temp_max"}; empty where it is
   *     the file as a whole
   */
  public String where() {
    return where;
  }

  /**
   * What would have been right.
   *
   * @return a phrase
   */
  public String expected() {
    return expected;
  }

  /**
   * What was there instead.
   *
   * @return a phrase
   */
  public String got() {
    return got;
  }

  /**
   * The way out.
   *
   * @return a phrase; empty where there is no advice to give
   */
  public String remedy() {
    return remedy;
  }
}
