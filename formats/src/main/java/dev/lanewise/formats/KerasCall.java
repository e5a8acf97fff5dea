package dev.lanewise.formats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of a layer in a functional model: what went in, and how.
 *
 * @param inputs the layers whose outputs are its inputs
 * @param settings its other arguments by name, without those that are null
 */
record KerasCall(List<Reference> inputs, Map<String, Object> settings) {

  /**
   * A tensor: the output of a layer.
   *
   * @param place which of the layer's calls, and which of that call's outputs: {@code 0, 0} is the
   *     only output of the only call
   */
  record Reference(String layer, String place) {
    private static final String ONLY = "0, 0";

    boolean isOnly() {
      return place.equals(ONLY);
    }
  }

  /** The calls of a layer. */
  static List<KerasCall> of(JsonObject layer) {
    List<KerasCall> calls = new ArrayList<>();
    if (layer.has("inbound_nodes") && layer.member("inbound_nodes") instanceof List<?> nodes) {
      nodes.forEach(node -> calls.add(call(node)));
    }
    return calls;
  }

  private static KerasCall call(Object node) {
    Map<String, Object> settings = new LinkedHashMap<>();
    List<Object> inputs = new ArrayList<>();
    if (node instanceof Map<?, ?> call) { // Keras 3: {"args": [..], "kwargs": {..}}
      List<?> args = call.get("args") instanceof List<?> list ? list : List.of();
      for (int i = 0; i < args.size(); i++) {
        if (i == 0 || !references(args.get(i)).isEmpty()) {
          inputs.add(args.get(i));
        } else {
          put(settings, "argument " + i, args.get(i));
        }
      }
      if (call.get("kwargs") instanceof Map<?, ?> kwargs) {
        putAll(settings, kwargs);
      }
    } else if (node instanceof List<?> tensors) { // Keras 1 and 2: [[name, 0, 0, {..}], ..]
      inputs.add(tensors);
      for (Object tensor : tensors) {
        if (tensor instanceof List<?> parts
            && parts.size() > 3
            && parts.get(3) instanceof Map<?, ?> kwargs) {
          putAll(settings, kwargs);
        }
      }
    }
    return new KerasCall(references(inputs), settings);
  }

  private static void putAll(Map<String, Object> settings, Map<?, ?> kwargs) {
    kwargs.forEach((name, value) -> put(settings, (String) name, value));
  }

  private static void put(Map<String, Object> settings, String name, Object value) {
    if (value != Json.Null.NULL) {
      settings.put(name, value);
    }
  }

  /**
   * The tensors that a value names: Keras 3 has {"keras_history": [name, 0, 0]} deep inside, Keras
   * 1 and 2 [name, 0, 0, {}].
   */
  static List<Reference> references(Object value) {
    List<Reference> found = new ArrayList<>();
    collect(value, found);
    return found;
  }

  private static void collect(Object node, List<Reference> found) {
    switch (node) {
      case Map<?, ?> members -> members.values().forEach(value -> collect(value, found));
      case List<?> items -> {
        boolean isReference =
            items.size() >= 3
                && items.get(0) instanceof String
                && items.get(1) instanceof Json.Digits
                && items.get(2) instanceof Json.Digits;
        if (isReference) {
          found.add(new Reference((String) items.get(0), items.get(1) + ", " + items.get(2)));
        } else {
          items.forEach(item -> collect(item, found));
        }
      }
      default -> {
        // A number or a name.
      }
    }
  }
}
