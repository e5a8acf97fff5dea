package dev.lanewise.formats.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

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

  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Takes what Python writes for numbers that JSON does not have: NaN, Infinity. */
  private static final JsonFactory PYTHON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** A value takes some fifty bytes, whatever it takes in the file. */
  private static final int MOST_VALUES = 1 << 20;

  private final JsonParser parser;
  private final Path file;
  private final String where;
  private int values;

  private Json(JsonParser parser, Path file, String where) {
    this.parser = parser;
    this.file = file;
    this.where = where;
  }

  /**
   * Parses one value with nothing but blanks after it.
   *
   * @param where names the text in errors
   * @param start where {@code bytes} begin in the file, in bytes; negative where that says nothing
   */
  public static Object parse(byte[] bytes, Path file, String where, long start) {
    return parse(FACTORY, bytes, file, where, start);
  }

  /** A constant as files spell it: in small letters. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** As {@link #parse}, for what Python wrote, whose numbers may be NaN and infinite. */
  public static Object parsePython(byte[] bytes, Path file, String where) {
    return parse(PYTHON, bytes, file, where, -1);
  }

  private static Object parse(
      JsonFactory factory, byte[] bytes, Path file, String where, long start) {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
      Json json = new Json(parser, file, where);
      parser.nextToken();
      Object value = json.value();
      if (parser.nextToken() != null) {
        long at = parser.currentTokenLocation().getByteOffset();
        throw JsonErrors.trailing(file, where, start, at);
      }
      return value;
    } catch (JacksonException e) {
      throw JsonErrors.malformed(file, where, start, e);
    }
  }

  private Object value() {
    if (++values > MOST_VALUES) {
      throw JsonErrors.values(file, where, MOST_VALUES);
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      // Only blanks: to the parser no error, but no value either.
      return Null.NULL;
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> Null.NULL;
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value());
    }
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return items;
  }
}
