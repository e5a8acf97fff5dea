package dev.lanewise.formats.json;

import dev.lanewise.formats.FormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A JSON object that knows where it is, so that what is missing or wrong in it can be named, and
 * which of its members were read.
 */
public final class JsonObject {
  private final Map<?, ?> members;
  private final Path file;
  private final String where;
  private final Set<String> read = new HashSet<>();

  private JsonObject(Map<?, ?> members, Path file, String where) {
    this.members = members;
    this.file = file;
    this.where = where;
  }

  /**
   * The object that a value is.
   *
   * @param value what {@link Json} made
   * @param where names the object in errors
   */
  public static JsonObject of(Object value, Path file, String where) {
    if (!(value instanceof Map<?, ?> members)) {
      throw JsonErrors.type(file, where, "an object", value);
    }
    return new JsonObject(members, file, where);
  }

  public String where() {
    return where;
  }

  public Path file() {
    return file;
  }

  /** The members that are not null and that no call has asked this object for. */
  public List<String> unread() {
    return names().stream().filter(name -> has(name) && !read.contains(name)).toList();
  }

  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Object name : members.keySet()) {
      names.add((String) name);
    }
    return names;
  }

  public void allowOnly(String... names) {
    allowOnly(List.of(names));
  }

  public void allowOnly(List<String> names) {
    Set<String> allowed = new HashSet<>(names);
    for (String name : names()) {
      if (!allowed.contains(name)) {
        throw JsonErrors.unknown(file, where, name, names);
      }
    }
  }

  /** Whether there is such a member, and not null. */
  public boolean has(String name) {
    Object value = members.get(name);
    return value != null && value != Json.Null.NULL;
  }

  /** A member as {@link Json} made it. */
  public Object member(String name) {
    Object value = members.get(name);
    if (value == null) {
      throw JsonErrors.missing(file, where, name);
    }
    read.add(name);
    return value;
  }

  private FormatException wrong(String name, String expected) {
    return JsonErrors.type(file, where, expected + " as \"" + name + "\"", member(name));
  }

  /**
   * The object that a member is.
   *
   * @param inner names the member in errors
   */
  public JsonObject object(String name, String inner) {
    return of(member(name), file, inner);
  }

  public String string(String name) {
    if (member(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a string");
  }

  /** Text, or {@code absent} where there is none or null. */
  public String string(String name, String absent) {
    return has(name) ? string(name) : absent;
  }

  public boolean bool(String name) {
    if (member(name) instanceof Boolean truth) {
      return truth;
    }
    throw wrong(name, "true or false");
  }

  /** A truth, or {@code absent} where there is none or null. */
  public boolean bool(String name, boolean absent) {
    return has(name) ? bool(name) : absent;
  }

  /** A whole number from {@code least} to {@code most}. */
  public long integer(String name, long least, long most) {
    if (member(name) instanceof Json.Digits number) {
      try {
        long value = Long.parseLong(number.digits());
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(name, "a whole number from " + least + " to " + most);
      }
    }
    throw wrong(name, "a whole number from " + least + " to " + most);
  }

  /** A number, or {@code absent} where there is none or null. */
  public double number(String name, double absent) {
    if (!has(name)) {
      return absent;
    }
    if (member(name) instanceof Json.Digits number) {
      return Double.parseDouble(number.digits());
    }
    throw wrong(name, "a number");
  }

  public double number(String name) {
    if (member(name) instanceof Json.Digits number) {
      return Double.parseDouble(number.digits());
    }
    throw wrong(name, "a number");
  }

  /** A whole number from {@code least} to {@code most}, alone or in an array of one. */
  public int single(String name, int least, int most) {
    Object only =
        member(name) instanceof List<?> items && items.size() == 1 ? items.get(0) : member(name);
    if (only instanceof Json.Digits number) {
      long value = whole(number);
      if (value >= least && value <= most) {
        return (int) value;
      }
    }
    throw wrong(name, "a whole number from " + least + " to " + most);
  }

  /** Whole numbers that fit an int; -1 is allowed. */
  public int[] axes(String name) {
    String expected = "an array of whole numbers, -1 or more,";
    if (!(member(name) instanceof List<?> items)) {
      throw wrong(name, expected);
    }
    int[] values = new int[items.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(items.get(i) instanceof Json.Digits number)) {
        throw wrong(name, expected);
      }
      long value = number.digits().equals("-1") ? -1 : whole(number);
      if (value > Integer.MAX_VALUE || (value < 0 && !number.digits().equals("-1"))) {
        throw wrong(name, expected);
      }
      values[i] = (int) value;
    }
    return values;
  }

  /** Lengths of axes, 0 or more; null, for one that is free, as -1. */
  public List<Long> lengths(String name) {
    String expected = "an array of whole numbers, 0 or more, or null";
    if (!(member(name) instanceof List<?> items)) {
      throw wrong(name, expected);
    }
    List<Long> values = new ArrayList<>();
    for (Object item : items) {
      long value = item instanceof Json.Digits number ? whole(number) : -1;
      if (value < 0 && item != Json.Null.NULL) {
        throw wrong(name, expected);
      }
      values.add(value);
    }
    return values;
  }

  /** -1 where the digits are no whole number, 0 or more. */
  private static long whole(Json.Digits number) {
    try {
      return Math.max(-1, Long.parseLong(number.digits()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whole numbers, 0 or more. */
  public long[] longs(String name) {
    String expected = "an array of whole numbers, 0 or more,";
    if (!(member(name) instanceof List<?> items)) {
      throw wrong(name, expected);
    }
    long[] values = new long[items.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(items.get(i) instanceof Json.Digits number)) {
        throw wrong(name, expected);
      }
      try {
        values[i] = Long.parseLong(number.digits());
      } catch (NumberFormatException e) {
        throw wrong(name, expected);
      }
      if (values[i] < 0) {
        throw wrong(name, expected);
      }
    }
    return values;
  }

  /** Numbers, read to the nearest double. */
  public double[] numbers(String name) {
    if (!(member(name) instanceof List<?> items)) {
      throw wrong(name, "an array of numbers");
    }
    double[] values = new double[items.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(items.get(i) instanceof Json.Digits number)) {
        throw wrong(name, "an array of numbers");
      }
      values[i] = Double.parseDouble(number.digits());
    }
    return values;
  }

  public List<String> strings(String name) {
    if (!(member(name) instanceof List<?> items)) {
      throw wrong(name, "an array of strings");
    }
    List<String> values = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text)) {
        throw wrong(name, "an array of strings");
      }
      values.add(text);
    }
    return values;
  }

  /** A constant by its name in small letters. */
  public <E extends Enum<E>> E word(String name, Class<E> constants) {
    return word(name, string(name), constants);
  }

  /** One that stands in a list of that name. */
  public <E extends Enum<E>> E word(String name, String word, Class<E> constants) {
    for (E constant : constants.getEnumConstants()) {
      if (Json.word(constant).equals(word)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(constants.getEnumConstants())
            .map(Json::word)
            .collect(Collectors.joining(", "));
    throw wrong(name, "one of " + known);
  }

  /** Objects, each named in errors as {@code NAME[i]}. */
  public List<JsonObject> objects(String name) {
    if (!(member(name) instanceof List<?> items)) {
      throw wrong(name, "an array of objects");
    }
    List<JsonObject> objects = new ArrayList<>();
    String inner = where.isEmpty() ? name : where + ", " + name;
    for (int i = 0; i < items.size(); i++) {
      objects.add(of(items.get(i), file, inner + "[" + i + "]"));
    }
    return objects;
  }
}
