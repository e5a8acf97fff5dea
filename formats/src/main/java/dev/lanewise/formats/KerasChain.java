package dev.lanewise.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layers of a functional model that is a plain chain, from input to output. */
final class KerasChain {
  private KerasChain() {}

  static List<JsonObject> of(List<JsonObject> layers, Path file, String where) {
    @Nullable JsonObject next = null;
    Map<String, JsonObject> after = new HashMap<>();
    for (JsonObject layer : layers) {
      List<String> inputs = inputs(layer);
      if (inputs.size() > 1) {
        throw KerasErrors.branches(
            file, where, "layer " + FormatErrors.quoted(name(layer)) + " with inputs " + inputs);
      }
      if (inputs.isEmpty()) {
        if (next != null) {
          String both = FormatErrors.list(List.of(name(next), name(layer)));
          throw KerasErrors.branches(file, where, "the inputs " + both);
        }
        next = layer;
      } else if (after.put(inputs.get(0), layer) != null) {
        throw KerasErrors.branches(
            file, where, "layer " + FormatErrors.quoted(inputs.get(0)) + " with several outputs");
      }
    }
    List<JsonObject> chain = new ArrayList<>();
    while (next != null) {
      chain.add(next);
      next = after.remove(name(next));
    }
    if (chain.size() < layers.size()) {
      throw KerasErrors.branches(file, where, "layers apart from the chain that begins the model");
    }
    return chain;
  }

  private static String name(JsonObject layer) {
    return layer.has("name")
        ? layer.string("name")
        : layer.object("config", layer.where()).string("name");
  }

  private static List<String> inputs(JsonObject layer) {
    List<String> names = new ArrayList<>();
    collect(layer.has("inbound_nodes") ? layer.member("inbound_nodes") : List.of(), names);
    return names;
  }

  /** Keras 3 has {"keras_history": [name, 0, 0]} deep inside, Keras 1 and 2 [name, 0, 0, {}]. */
  private static void collect(Object node, List<String> names) {
    switch (node) {
      case Map<?, ?> members -> members.values().forEach(value -> collect(value, names));
      case List<?> items -> {
        boolean isReference = items.size() >= 3 && items.get(1) instanceof Json.Digits;
        if (isReference && items.get(0) instanceof String name) {
          names.add(name);
        }
        items.forEach(item -> collect(item, names));
      }
      default -> {
        // A call's other arguments.
      }
    }
  }
}
