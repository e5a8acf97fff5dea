package dev.lanewise.formats;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that cannot be read or written: which file, where in it, what was expected, what was
 * found, and the way out. The one exception of this module; its message is made of these parts, in
 * this order:
 *
 * <pre>{@code weather.csv, row 18, column "temp_max": expected a number, got "warm"; ...}</pre>
 */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String where;
  private final String expected;
  private final String got;
  private final String remedy;

  FormatException(
      Path file,
      String where,
      String expected,
      String got,
      String remedy,
      @Nullable Throwable cause) {
    super(
        file
            + (where.isEmpty() ? "" : ", " + where)
            + (": expected " + expected)
            + (", got " + got)
            + (remedy.isEmpty() ? "" : "; " + remedy),
        cause);
    this.file = file.toString();
    this.where = where;
    this.expected = expected;
    this.got = got;
    this.remedy = remedy;
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
