package dev.lanewise.formats.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** The parser and the writer of JSON, apart: who does not need them does not load them. */
public final class Jackson {
  /** Takes JSON alone, in which no key comes twice. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Takes what Python writes for numbers that JSON does not have: NaN, Infinity. */
  static final JsonFactory PYTHON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final JsonParser parser;
  private final Path file;
  private final String where;
  private int values;

  private Jackson(JsonParser parser, Path file, String where) {
    this.parser = parser;
    this.file = file;
    this.where = where;
  }

  /** One value, as {@link Json#parse} says. */
  static Object parse(JsonFactory factory, byte[] bytes, Path file, String where, long start) {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
      Jackson json = new Jackson(parser, file, where);
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
    if (++values > Json.MOST_VALUES) {
      throw JsonErrors.values(file, where, Json.MOST_VALUES);
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      // Only blanks: to the parser no error, but no value either.
      return Json.Null.NULL;
    }
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Digits(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> Json.Null.NULL;
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
