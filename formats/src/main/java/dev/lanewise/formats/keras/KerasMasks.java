package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The masks of a model's tensors: those that reach a call by themselves, as they do here, and those
 * that calls of Keras 3 name. Both must be the same, so that the nodes that make the named ones can
 * be left out.
 */
final class KerasMasks {
  private final Map<Reference, KerasMask> masks = new HashMap<>();
  private final Map<Reference, Made> comparisons = new HashMap<>();
  private final Map<Object, Integer> numbers = new HashMap<>();
  private final Map<String, KerasNode> ignored = new LinkedHashMap<>();
  private final Set<String> heeded = new HashSet<>();

  /** A statement: a comparison with what padding holds. */
  private record Made(String operation, Reference of, double padding) {}

  private KerasMask mask(Reference tensor) {
    return masks.getOrDefault(tensor, KerasMask.NONE);
  }

  private List<KerasMask> masks(List<Reference> tensors) {
    return tensors.stream().map(this::mask).toList();
  }

  private int number(Object statement) {
    return numbers.computeIfAbsent(statement, _ -> numbers.size() + 1);
  }

  private KerasMask only(Object statement, Set<String> makers) {
    return new KerasMask(Set.of(number(statement)), makers);
  }

  /** Of tensors of which one follows another in time. */
  private KerasMask joined(List<KerasMask> parts) {
    boolean none = parts.stream().allMatch(KerasMask::isNone);
    return none
        ? KerasMask.NONE
        : only(parts.stream().map(KerasMask::real).toList(), KerasMask.makers(parts));
  }

  // The nodes that make masks

  /** Notes what a node of {@link KerasMaskNodes} makes. */
  void operate(KerasNode node) {
    Reference made = node.gives(0);
    List<KerasMask> in = masks(node.call().inputs());
    JsonObject config = node.source().object("config", node.source().where());
    String axis = config.has("axis") ? config.member("axis").toString() : "";
    boolean isLast = axis.equals("-1") || axis.equals("2");
    KerasMask mask =
        switch (node.type()) {
          case KerasMaskNodes.NOT_EQUAL -> compared(node);
          case KerasMaskNodes.ZEROS -> KerasMask.ALL;
          case KerasMaskNodes.ONES -> KerasMask.NONE;
          case KerasMaskNodes.OR -> KerasMask.any(in);
          case KerasMaskNodes.EXPAND -> isLast ? in.getFirst() : unknown(node);
          case KerasMaskNodes.CONCATENATE -> isLast ? KerasMask.any(in) : joined(in);
          default ->
              axis.equals("-1") && !config.bool("keepdims", false)
                  ? overFeatures(node.call().inputs().getFirst())
                  : unknown(node);
        };
    masks.put(made, mask);
  }

  /** Another than any that layers make. */
  private KerasMask unknown(KerasNode node) {
    return only(node, Set.of());
  }

  private KerasMask compared(KerasNode node) {
    if (!(node.call().settings().get("argument 1") instanceof Json.Digits number)) {
      return unknown(node);
    }
    Made made =
        new Made(
            KerasMaskNodes.NOT_EQUAL,
            node.call().inputs().getFirst(),
            Double.parseDouble(number.digits()));
    comparisons.put(node.gives(0), made);
    return only(made, Set.of());
  }

  private KerasMask overFeatures(Reference tensor) {
    Made compared = comparisons.get(tensor);
    return compared == null
        ? mask(tensor)
        : only(new Made(KerasMaskNodes.ANY, compared.of, compared.padding), Set.of());
  }

  // The layers

  /** Refuses a mask that is another than the one that reaches a call by itself. */
  void require(KerasNode node, KerasConfig.Entry entry) {
    KerasMask reaches = mask(node.call().inputs().getFirst());
    boolean isNamed = node.call().settings().containsKey(KerasCall.MASK);
    if (isNamed) {
      List<Reference> named = node.call().masks();
      if (named.size() != 1 || !masks.containsKey(named.getFirst())) {
        String given = named.size() == 1 ? named.getFirst().layer() : "a mask";
        throw KerasErrors.callMask(entry.config(), given);
      }
      if (!mask(named.getFirst()).isSame(reaches)) {
        throw KerasErrors.callMask(entry.config(), named.getFirst().layer());
      }
    }
    if (entry.kind().heedsMask) {
      boolean ignores = node.call().isKeras3() && !node.call().states().isEmpty() && !isNamed;
      reaches.makers().forEach(maker -> note(maker, node, ignores));
    }
  }

  private void note(String maker, KerasNode reader, boolean ignores) {
    if (ignores) {
      ignored.putIfAbsent(maker, reader);
    } else {
      heeded.add(maker);
    }
  }

  /**
   * Notes the mask of what a call gives.
   *
   * @param time whether that has a time axis
   * @param joins whether it is one input after another in time
   * @param given how many tensors it is, beside the states
   */
  void pass(KerasNode node, KerasConfig.Entry entry, boolean time, boolean joins, int given) {
    KerasKind kind = entry.kind();
    List<Reference> in = node.call().inputs();
    OptionalDouble padding = kind.padding(entry.config());
    KerasMask mask = KerasMask.NONE;
    if (time && padding.isPresent()) {
      Made made = new Made(kind.comparison(), in.getFirst(), padding.getAsDouble());
      mask = only(made, Set.of(node.layer()));
    } else if (time && kind.merges) {
      mask = joins ? joined(masks(in)) : KerasMask.any(masks(in));
    } else if (time && kind.passesMask) {
      mask = mask(in.getFirst());
    }
    for (int i = 0; i < given; i++) {
      masks.put(node.gives(i), mask);
    }
  }

  /**
   * The layers whose masks no call heeds, and a call that would heed them here: Keras 3 hands no
   * mask to a layer that is given its states.
   */
  Map<String, KerasNode> unheeded() {
    Map<String, KerasNode> found = new LinkedHashMap<>(ignored);
    found.keySet().removeAll(heeded);
    return found;
  }

  /** The layers whose masks some calls heed and others do not, and one that does not. */
  Map<String, KerasNode> halfHeeded() {
    Map<String, KerasNode> found = new LinkedHashMap<>(ignored);
    found.keySet().retainAll(heeded);
    return found;
  }
}
