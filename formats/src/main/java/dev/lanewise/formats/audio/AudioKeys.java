package dev.lanewise.formats.audio;

import dev.lanewise.formats.json.JsonErrors;
import dev.lanewise.formats.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the objects of these files have in common. */
final class AudioKeys {
  private AudioKeys() {}

  /** Refuses any other key that is not null. */
  static void allowOnly(JsonObject object, String... known) {
    allowOnly(object, List.of(known), false);
  }

  /** As above, but for text and objects, which say who made a network, and not what it computes. */
  static void allowOnlyAndText(JsonObject object, String... known) {
    allowOnly(object, List.of(known), true);
  }

  private static void allowOnly(JsonObject object, List<String> known, boolean text) {
    Set<String> all = Set.copyOf(known);
    for (String name : object.names()) {
      boolean allowed = all.contains(name) || !object.has(name) || (text && isText(object, name));
      if (!allowed) {
        throw AudioErrors.unknownKey(object, name, known);
      }
    }
  }

  private static boolean isText(JsonObject object, String name) {
    Object value = object.member(name);
    return value instanceof String || value instanceof Map<?, ?>;
  }

  /** The last number of an array of lengths of axes, whose others may be null. */
  static int lastAxis(JsonObject object, String key) {
    List<Long> dims = object.lengths(key);
    long last = dims.isEmpty() || dims.size() > 3 ? -1 : dims.getLast();
    if (last < 1 || last > Integer.MAX_VALUE / 4) {
      throw JsonErrors.type(
          object.file(),
          object.where(),
          "lengths of up to three axes, the last one 1 or more, as \"" + key + "\"",
          object.member(key));
    }
    return (int) last;
  }
}
