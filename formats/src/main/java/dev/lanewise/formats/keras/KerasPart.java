package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A layer in a model's JSON.
 *
 * @param json the layer
 * @param within the names of the models around it, inside the whole one; empty for none
 * @param around what a {@code .keras} archive calls these models, the outermost first
 */
record KerasPart(JsonObject json, String within, List<KerasGroupName> around) {
  /** Its name after those of the models around it; empty where it has none. */
  String name() {
    String own =
        json.member("config") instanceof Map<?, ?>
            ? json.object("config", json.where()).string("name", "")
            : KerasEntries.name(json);
    return own.isEmpty() || within.isEmpty() ? own : within + "/" + own;
  }
}
