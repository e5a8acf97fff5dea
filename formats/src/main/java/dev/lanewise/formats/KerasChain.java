package dev.lanewise.formats;

import dev.lanewise.formats.KerasCall.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layers of a functional model that is a plain chain, from its input to its output. */
final class KerasChain {
  private final Path file;
  private final String where;
  private final Map<String, JsonObject> layers = new LinkedHashMap<>();
  private final KerasMasks masks;

  private KerasChain(JsonObject config) {
    this.file = config.file();
    this.where = config.where();
    for (JsonObject layer : config.objects("layers")) {
      if (layers.put(name(layer), layer) != null) {
        String twice = "two layers " + FormatErrors.quoted(name(layer));
        throw KerasErrors.branches(file, where, twice);
      }
    }
    for (JsonObject layer : layers.values()) {
      int calls = KerasCall.of(layer).size();
      if (calls > 1) {
        throw KerasConfigErrors.calls(layer, calls);
      }
    }
    this.masks = new KerasMasks(layers);
  }

  /**
   * Of a model.
   *
   * @param config its layers, and which are its input and its output
   */
  static List<JsonObject> of(JsonObject config) {
    KerasChain chain = new KerasChain(config);
    String output = chain.only(config, "output_layers", "output");
    String input = chain.only(config, "input_layers", "input");
    List<String> names = chain.names();
    chain.requireEnd(names.getFirst(), input);
    chain.requireEnd(names.getLast(), output);
    for (String name : names) {
      JsonObject layer = chain.layer(name);
      for (KerasCall call : KerasCall.of(layer)) {
        chain.requirePlain(layer, name, names, call);
      }
    }
    return names.stream().map(chain::layer).toList();
  }

  private JsonObject layer(String name) {
    JsonObject layer = layers.get(name);
    if (layer == null) {
      throw KerasErrors.branches(file, where, "no layer " + FormatErrors.quoted(name));
    }
    return layer;
  }

  /** The only one of the layers that the model begins or ends with; empty where that is unsaid. */
  private String only(JsonObject config, String key, String kind) {
    if (!config.has(key)) {
      return "";
    }
    List<Reference> ends = KerasCall.references(config.member(key));
    if (ends.size() != 1) {
      throw KerasConfigErrors.ends(file, where, kind, ends.stream().map(Reference::layer).toList());
    }
    Reference end = ends.getFirst();
    if (!end.isOnly()) {
      throw KerasConfigErrors.outputOfLayer(config, end.layer(), end.place());
    }
    return end.layer();
  }

  private void requireEnd(String got, String expected) {
    if (!expected.isEmpty() && !expected.equals(got)) {
      throw KerasErrors.branches(file, where, "layers apart from the chain of its output");
    }
  }

  private List<String> names() {
    @Nullable String next = null;
    Map<String, String> after = new HashMap<>();
    for (Map.Entry<String, JsonObject> entry : layers.entrySet()) {
      String name = entry.getKey();
      if (masks.isNode(name)) {
        continue;
      }
      List<String> inputs = inputs(entry.getValue());
      if (inputs.isEmpty()) {
        if (next != null) {
          String both = FormatErrors.list(List.of(next, name));
          throw KerasErrors.branches(file, where, "the inputs " + both);
        }
        next = name;
      } else if (after.put(inputs.get(0), name) != null) {
        throw KerasErrors.branches(
            file, where, "layer " + FormatErrors.quoted(inputs.get(0)) + " with several outputs");
      }
    }
    List<String> chain = new ArrayList<>();
    while (next != null) {
      chain.add(next);
      next = after.remove(next);
    }
    if (chain.isEmpty() || !after.isEmpty()) {
      throw KerasErrors.branches(file, where, "layers apart from the chain that begins the model");
    }
    return chain;
  }

  /** The layers that a layer's only call takes its inputs from: one, or none. */
  private List<String> inputs(JsonObject layer) {
    List<KerasCall> calls = KerasCall.of(layer);
    List<Reference> inputs = calls.isEmpty() ? List.of() : calls.get(0).inputs();
    List<String> names = inputs.stream().map(Reference::layer).toList();
    if (inputs.size() > 1) {
      throw KerasErrors.branches(
          file, where, "layer " + FormatErrors.quoted(name(layer)) + " with inputs " + names);
    }
    return names;
  }

  private void requirePlain(JsonObject layer, String name, List<String> chain, KerasCall call) {
    for (Reference input : call.inputs()) {
      if (!input.isOnly()) {
        throw KerasConfigErrors.outputOfLayer(layer, input.layer(), input.place());
      }
    }
    for (Map.Entry<String, Object> setting : call.settings().entrySet()) {
      if (setting.getKey().equals(KerasMasks.MASK)) {
        masks.require(layer, name, chain, setting.getValue());
      } else if (!isOff(setting.getValue())) {
        throw KerasConfigErrors.callArgument(layer, setting.getKey(), setting.getValue());
      }
    }
  }

  private static boolean isOff(Object value) {
    return Set.of("false", "0").contains(value.toString());
  }

  private static String name(JsonObject layer) {
    return layer.has("name")
        ? layer.string("name")
        : layer.object("config", layer.where()).string("name");
  }
}
