package dev.lanewise.formats.audio;

import dev.lanewise.formats.json.JsonErrors;
import dev.lanewise.formats.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the objects of these files have in common. */
final class AudioKeys {
  private AudioKeys() {}

  /** Refuses any other key that is not null. */
  static void allowOnly(JsonObject object, String... known) {
    List<String> all = Arrays.asList(known);
    for (String name : object.names()) {
      if (object.has(name) && !all.contains(name)) {
        throw AudioErrors.unknownKey(object, name, all);
      }
    }
  }

  /** As above, but for text and objects, which say who made a network, and not what it computes. */
  static void allowOnlyAndText(JsonObject object, String... known) {
    List<String> others = new ArrayList<>(List.of(known));
    for (String name : object.names()) {
      if (object.member(name) instanceof String || object.member(name) instanceof Map<?, ?>) {
        others.add(name);
      }
    }
    allowOnly(object, others.toArray(String[]::new));
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
