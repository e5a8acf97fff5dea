package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A call of a layer in a functional model: what went in, and how.
 *
 * @param inputs the tensors that it reads
 * @param states those that the layer's states begin from; none for 0
 * @param settings its other arguments by name, without those that are null
 * @param isKeras3 whether Keras 3 wrote it
 */
record KerasCall(
    List<Reference> inputs,
    List<Reference> states,
    Map<String, Object> settings,
    boolean isKeras3) {

  static final String MASK = "mask";
  private static final String STATES = "initial_state";

  /** Where an inner model is called on tensors by name: the names, which are in order then. */
  static final String NAMES = "inputs";

  /**
   * A tensor that a layer gives.
   *
   * @param call which of the layer's calls gives it; 0 for the first
   * @param tensor which of that call's outputs; 0 for the first
   */
  record Reference(String layer, int call, int tensor) {
    Reference(String layer) {
      this(layer, 0, 0);
    }

    /** As a tensor of another call cannot be read, so that this stands for all of a call's. */
    Reference first() {
      return new Reference(layer, call, 0);
    }

    /** The two numbers, as files write them. */
    String place() {
      return call + ", " + tensor;
    }
  }

  /** A call on one tensor and nothing else, as in a chain. */
  static KerasCall on(Reference input) {
    return new KerasCall(List.of(input), List.of(), Map.of(), false);
  }

  /** All tensors that must be there first. */
  List<Reference> needs() {
    List<Reference> all = new ArrayList<>(reads());
    all.addAll(masks());
    return all;
  }

  /** The tensors whose numbers go in. */
  List<Reference> reads() {
    List<Reference> all = new ArrayList<>(inputs);
    all.addAll(states);
    return all;
  }

  /** The masks that the call names. */
  List<Reference> masks() {
    return references(settings.getOrDefault(MASK, List.of()));
  }

  /** It on other tensors. */
  KerasCall mapped(UnaryOperator<Reference> to) {
    Map<String, Object> changed = new LinkedHashMap<>(settings);
    List<Reference> masks = masks();
    if (!masks.isEmpty()) {
      changed.put(MASK, json(masks.stream().map(to).toList()));
    }
    return new KerasCall(
        inputs.stream().map(to).toList(), states.stream().map(to).toList(), changed, isKeras3);
  }

  /** Tensors as Keras 2 writes them. */
  static Object json(List<Reference> tensors) {
    return tensors.stream()
        .map(each -> List.of(each.layer(), digits(each.call()), digits(each.tensor())))
        .toList();
  }

  private static Json.Digits digits(int number) {
    return new Json.Digits(Integer.toString(number));
  }

  /** The calls of a layer. */
  static List<KerasCall> of(JsonObject layer) {
    KerasKind kind = KerasKinds.find(layer.string("class_name"));
    boolean keepsState = kind != null && kind.keepsState;
    List<KerasCall> calls = new ArrayList<>();
    if (layer.has("inbound_nodes") && layer.member("inbound_nodes") instanceof List<?> nodes) {
      nodes.forEach(node -> calls.add(call(node, keepsState)));
    }
    return calls;
  }

  private static KerasCall call(Object node, boolean keepsState) {
    Map<String, Object> settings = new LinkedHashMap<>();
    List<Object> inputs = new ArrayList<>();
    if (node instanceof Map<?, ?> call) { // Keras 3: {"args": [..], "kwargs": {..}}
      List<?> args = call.get("args") instanceof List<?> list ? list : List.of();
      for (int i = 0; i < args.size(); i++) {
        if (i == 0 && args.get(i) instanceof Map<?, ?> named && !named.containsKey("class_name")) {
          put(settings, NAMES, names(named));
          inputs.addAll(inOrder(named));
        } else if (i == 0 || !references(args.get(i)).isEmpty()) {
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
    return call(references(inputs), settings, keepsState, node instanceof Map<?, ?>);
  }

  /** The keys of an object. */
  static List<String> names(Map<?, ?> named) {
    return named.keySet().stream().map(String.class::cast).sorted().toList();
  }

  /** The values of an object in the order of their keys, in which Keras counts tensors. */
  static List<Object> inOrder(Map<?, ?> named) {
    return names(named).stream().<Object>map(named::get).toList();
  }

  /** The states are an argument of their own, or follow the input. */
  private static KerasCall call(
      List<Reference> tensors, Map<String, Object> settings, boolean keepsState, boolean isKeras3) {
    if (!keepsState) {
      return new KerasCall(tensors, List.of(), settings, isKeras3);
    }
    int one = Math.min(1, tensors.size());
    List<Reference> states = new ArrayList<>(tensors.subList(one, tensors.size()));
    List<Reference> named = references(settings.getOrDefault(STATES, List.of()));
    if (!named.isEmpty()) {
      states.addAll(named);
      settings.remove(STATES);
    }
    return new KerasCall(tensors.subList(0, one), states, settings, isKeras3);
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
        if (items.size() >= 3
            && items.get(0) instanceof String layer
            && items.get(1) instanceof Json.Digits call
            && items.get(2) instanceof Json.Digits tensor) {
          found.add(new Reference(layer, place(call), place(tensor)));
        } else {
          items.forEach(item -> collect(item, found));
        }
      }
      default -> {
        // A number or a name.
      }
    }
  }

  /** -1, which no tensor has, where the digits are no place. */
  private static int place(Json.Digits number) {
    try {
      return Math.max(-1, Integer.parseInt(number.digits()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
