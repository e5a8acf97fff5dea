package dev.lanewise.formats.json;

import static dev.lanewise.formats.text.Phrases.MOST_SAID;
import static dev.lanewise.formats.text.Phrases.at;
import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Builds the exceptions of JSON. */
public final class JsonErrors {
  private JsonErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static FormatException caused(
      Path file, String where, String expected, String got, String remedy, Throwable cause) {
    return new FormatException(file, where, expected, got, remedy, cause);
  }

  static FormatException malformed(Path file, String where, long start, JacksonException cause) {
    TokenStreamLocation location = cause.getLocation();
    String place = location == null ? where : place(where, start, location.getByteOffset());
    // Jackson would name a source that it does not know.
    String reason = cause.getOriginalMessage().replaceFirst(" \\(start marker at \\[Source.*", "");
    return caused(file, place, "JSON", quoted(reason, MOST_SAID), "", cause);
  }

  static FormatException trailing(Path file, String where, long start, long offset) {
    return error(file, place(where, start, offset), "nothing after the JSON", "more", "");
  }

  public static FormatException type(Path file, String where, String expected, Object got) {
    String kind =
        switch (got) {
          case Map<?, ?> _ -> "an object";
          case List<?> items -> isShort(items) ? items.toString() : "an array";
          case String text -> quoted(text);
          case Json.Null _ -> "null";
          default -> got.toString();
        };
    return error(file, where, expected, kind, "");
  }

  static FormatException values(Path file, String where, long most) {
    String expected = "JSON of at most " + most + " values";
    return error(file, where, expected, "more", "");
  }

  static FormatException missing(Path file, String where, String name) {
    return error(file, where, "the key " + quoted(name), "none", "");
  }

  static FormatException unknown(Path file, String where, String name, List<String> known) {
    return error(file, where, "only the keys " + list(known), quoted(name), "");
  }

  private static String place(String where, long start, long offset) {
    if (start < 0 || offset < 0) {
      return where;
    }
    return (where.isEmpty() ? "" : where + ", ") + at(start + offset);
  }

  private static boolean isShort(List<?> items) {
    return items.size() <= 16
        && items.stream().noneMatch(item -> item instanceof List<?> || item instanceof Map<?, ?>);
  }
}
