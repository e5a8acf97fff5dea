package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of a functional model of Keras 3 that only make masks: {@code NotEqual(ids, 0)} beside
 * an Embedding, {@code Any(NotEqual(x, value))} beside a Masking, and what merging layers make of
 * their masks.
 */
final class KerasMaskNodes {
  static final String NOT_EQUAL = "NotEqual";
  static final String ANY = "Any";
  static final String OR = "LogicalOr";
  static final String EXPAND = "ExpandDims";
  static final String ZEROS = "ZerosLike";
  static final String ONES = "OnesLike";
  static final String CONCATENATE = "Concatenate";

  /** Operations on masks. */
  private static final Set<String> OF_MASKS = Set.of(ANY, OR, EXPAND);

  /** Operations that make a mask of numbers. */
  private static final Set<String> OF_NUMBERS = Set.of(NOT_EQUAL, ZEROS, ONES);

  private final Map<String, JsonObject> layers;
  private final Set<String> found = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  private KerasMaskNodes(Map<String, JsonObject> layers) {
    this.layers = layers;
  }

  /** Their names: what the masks of calls are made by. */
  static Set<String> of(Map<String, JsonObject> layers) {
    KerasMaskNodes nodes = new KerasMaskNodes(layers);
    for (JsonObject layer : layers.values()) {
      for (KerasCall call : KerasCall.of(layer)) {
        call.masks().forEach(mask -> nodes.add(mask, ""));
      }
    }
    while (!nodes.open.isEmpty()) {
      nodes.follow(nodes.open.remove());
    }
    return nodes.found;
  }

  private void add(Reference mask, String reader) {
    JsonObject node = layers.get(mask.layer());
    String type = node == null ? "" : node.string("class_name");
    boolean isNode =
        OF_MASKS.contains(type)
            || OF_NUMBERS.contains(type)
            || (type.equals(CONCATENATE) && reader.equals(ANY)); // else a layer of numbers
    if (isNode && found.add(mask.layer()) && !OF_NUMBERS.contains(type)) {
      open.add(mask.layer());
    }
  }

  private void follow(String name) {
    JsonObject node = layers.get(name);
    if (node != null) {
      String type = node.string("class_name");
      KerasCall.of(node).forEach(call -> call.inputs().forEach(input -> add(input, type)));
    }
  }
}
