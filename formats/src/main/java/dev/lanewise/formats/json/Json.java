package dev.lanewise.formats.json;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Parses JSON to Java: objects to maps in the order of the file, arrays to lists, strings, {@link
 * Digits}, {@link Boolean}s and {@link Null}. A key that comes twice is an error.
 */
public final class Json {
  /** A number, unread: float32 and long each read the digits in one rounding. */
  public record Digits(String digits) {
    @Override
    public String toString() {
      return digits;
    }
  }

  /** The value null. */
  public enum Null {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  /** A value takes some fifty bytes, whatever it takes in the file. */
  static final int MOST_VALUES = 1 << 20;

  private Json() {}

  /**
   * Parses one value with nothing but blanks after it.
   *
   * @param where names the text in errors
   * @param start where {@code bytes} begin in the file, in bytes; negative where that says nothing
   */
  public static Object parse(byte[] bytes, Path file, String where, long start) {
    Object plain = PlainJson.read(bytes);
    return plain != null ? plain : Jackson.parse(Jackson.FACTORY, bytes, file, where, start);
  }

  /** A constant as files spell it: in small letters. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** As {@link #parse}, for what Python wrote, whose numbers may be NaN and infinite. */
  public static Object parsePython(byte[] bytes, Path file, String where) {
    return Jackson.parse(Jackson.PYTHON, bytes, file, where, -1);
  }
}
