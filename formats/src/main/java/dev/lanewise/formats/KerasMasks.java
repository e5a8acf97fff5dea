package dev.lanewise.formats;

import dev.lanewise.formats.KerasCall.Reference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a functional model of Keras 3 that only make a mask: {@code NotEqual(ids, 0)} beside
 * an Embedding, and {@code Any(NotEqual(x, value))} beside a Masking. The layers here hand their
 * mask on by themselves, so that such a node is checked and left out.
 */
final class KerasMasks {
  static final String MASK = "mask";

  private static final String ANY = "Any";

  private final Map<String, JsonObject> layers;
  private final Set<String> nodes = new HashSet<>();

  /**
   * Of a model.
   *
   * @param layers by name
   */
  KerasMasks(Map<String, JsonObject> layers) {
    this.layers = layers;
    for (JsonObject layer : layers.values()) {
      for (KerasCall call : KerasCall.of(layer)) {
        KerasCall.references(call.settings().getOrDefault(MASK, List.of()))
            .forEach(mask -> add(mask.layer()));
      }
    }
  }

  private void add(String name) {
    JsonObject node = layers.get(name);
    if (node == null || !isOperation(node)) {
      return;
    }
    nodes.add(name);
    KerasCall.of(node).forEach(call -> call.inputs().forEach(input -> add(input.layer())));
  }

  private static boolean isOperation(JsonObject node) {
    String kind = node.string("class_name");
    return kind.equals("NotEqual") || kind.equals(ANY);
  }

  /** Whether a layer only makes a mask. */
  boolean isNode(String name) {
    return nodes.contains(name);
  }

  /**
   * Refuses a mask that is another than the one that reaches the layer by itself.
   *
   * @param chain the names of the model's layers, in order
   */
  void require(JsonObject layer, String name, List<String> chain, Object mask) {
    List<Reference> references = KerasCall.references(mask);
    String given = references.size() == 1 ? references.get(0).layer() : "a mask";
    String from = references.size() == 1 && nodes.contains(given) ? source(given) : null;
    int maker = from == null ? -1 : chain.indexOf(from) + 1;
    int reader = chain.indexOf(name);
    if (from == null || maker == 0 || maker >= reader || !makes(chain.get(maker), given)) {
      throw KerasConfigErrors.callMask(layer, given);
    }
    for (String between : chain.subList(maker + 1, reader)) {
      JsonObject passed = layers.get(between);
      KerasKind kind = passed == null ? null : KerasKinds.find(passed.string("class_name"));
      if (kind == null || !kind.passesMask) {
        throw KerasConfigErrors.callMask(layer, given);
      }
    }
  }

  /** The layer whose output the mask is made of. */
  private @Nullable String source(String node) {
    KerasCall call = comparison(node);
    return call == null || call.inputs().size() != 1 ? null : call.inputs().get(0).layer();
  }

  /** The call that compares with padding. */
  private @Nullable KerasCall comparison(String name) {
    JsonObject node = layers.get(name);
    List<KerasCall> calls = node == null ? List.of() : KerasCall.of(node);
    if (node == null || calls.size() != 1) {
      return null;
    }
    boolean ofAny = node.string("class_name").equals(ANY);
    return ofAny && calls.get(0).inputs().size() == 1
        ? comparison(calls.get(0).inputs().get(0).layer())
        : calls.get(0);
  }

  /** Whether a layer makes the mask that a node makes. */
  private boolean makes(String maker, String node) {
    JsonObject layer = layers.get(maker);
    JsonObject made = layers.get(node);
    KerasCall comparison = comparison(node);
    if (layer == null || made == null || comparison == null) {
      return false;
    }
    double padding =
        comparison.settings().getOrDefault("argument 1", "") instanceof Json.Digits number
            ? Double.parseDouble(number.digits())
            : Double.NaN;
    KerasKind kind = KerasKinds.find(layer.string("class_name"));
    String operation = made.string("class_name");
    return kind != null
        && (!operation.equals(ANY) || isOfLastAxis(made.object("config", made.where())))
        && kind.makesMask(operation, layer.object("config", layer.where()), padding);
  }

  private static boolean isOfLastAxis(JsonObject any) {
    return any.has("axis")
        && any.member("axis").toString().equals("-1")
        && !any.bool("keepdims", false);
  }
}
