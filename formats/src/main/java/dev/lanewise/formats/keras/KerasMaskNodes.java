package dev.lanewise.formats.keras;

import dev.lanewise.formats.keras.KerasCall.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

  private final Map<String, List<KerasNode>> nodes;
  private final Set<String> found = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  private KerasMaskNodes(List<KerasNode> all) {
    this.nodes = all.stream().collect(Collectors.groupingBy(KerasNode::layer));
  }

  /** Their names: what the masks of calls are made by. */
  static Set<String> of(List<KerasNode> all) {
    KerasMaskNodes nodes = new KerasMaskNodes(all);
    for (KerasNode node : all) {
      node.call().masks().forEach(mask -> nodes.add(mask, ""));
    }
    while (!nodes.open.isEmpty()) {
      nodes.follow(nodes.open.remove());
    }
    return nodes.found;
  }

  private void add(Reference mask, String reader) {
    List<KerasNode> own = nodes.getOrDefault(mask.layer(), List.of());
    String type = own.isEmpty() ? "" : own.getFirst().type();
    boolean isNode =
        OF_MASKS.contains(type)
            || OF_NUMBERS.contains(type)
            || (type.equals(CONCATENATE) && reader.equals(ANY)); // else a layer of numbers
    if (isNode && found.add(mask.layer()) && !OF_NUMBERS.contains(type)) {
      open.add(mask.layer());
    }
  }

  private void follow(String name) {
    for (KerasNode node : nodes.getOrDefault(name, List.of())) {
      node.call().inputs().forEach(input -> add(input, node.type()));
    }
  }
}
