package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import dev.lanewise.formats.text.Phrases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls of a model's layers, from its inputs to its outputs.
 *
 * @param inputs the layers that it begins with, in the model's order
 * @param nodes each after what it needs, those that make masks among them
 * @param outputs the tensors that it gives, in the model's order
 * @param ends the same as the file has them, where they may be those of a model within the model
 * @param layers the layers that are called, in the order of the JSON
 * @param masks the names of the nodes that only make masks
 */
record KerasGraph(
    List<JsonObject> inputs,
    List<KerasNode> nodes,
    List<Reference> outputs,
    List<Reference> ends,
    Map<String, KerasPart> layers,
    Set<String> masks) {

  /**
   * Of a functional model.
   *
   * @param config its layers, and which are its inputs and outputs
   */
  static KerasGraph of(JsonObject config) {
    KerasParts parts = KerasParts.functional(config);
    Set<String> inputs = parts.begins.stream().map(Reference::layer).collect(Collectors.toSet());
    List<KerasNode> nodes = ordered(config, inputs, parts.nodes);
    requireUse(config, nodes, parts.outputs);
    return of(parts, nodes);
  }

  private static KerasGraph of(KerasParts parts, List<KerasNode> nodes) {
    Set<String> masks = KerasMaskNodes.of(nodes);
    Map<String, KerasPart> real = new LinkedHashMap<>(parts.layers);
    real.keySet().removeAll(masks);
    return new KerasGraph(parts.inputs, nodes, parts.outputs, parts.ends, real, masks);
  }

  /**
   * Of layers one after the other.
   *
   * @param model names them in errors
   */
  static KerasGraph chain(JsonObject model, List<JsonObject> all) {
    KerasParts parts = KerasParts.chain(model, all);
    Set<String> inputs = Set.of(parts.begins.getFirst().layer());
    return of(parts, ordered(model, inputs, parts.nodes));
  }

  /** Each call after those whose tensors it needs, else in the order of the JSON. */
  private static List<KerasNode> ordered(
      JsonObject config, Set<String> inputs, List<KerasNode> nodes) {
    Set<Reference> calls = nodes.stream().map(node -> node.gives(0)).collect(Collectors.toSet());
    Map<Reference, List<Integer>> waiting = new HashMap<>();
    int[] missing = new int[nodes.size()];
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < missing.length; i++) {
      Set<Reference> needed = needed(config, nodes.get(i), inputs, calls);
      for (Reference each : needed) {
        waiting.computeIfAbsent(each, _ -> new ArrayList<>()).add(i);
      }
      missing[i] = needed.size();
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<KerasNode> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      KerasNode next = nodes.get(ready.remove());
      order.add(next);
      for (int reader : waiting.getOrDefault(next.gives(0), List.of())) {
        if (--missing[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    if (order.size() < nodes.size()) {
      throw KerasErrors.graph(config, "layers in a circle");
    }
    return order;
  }

  /** The calls that must come first. */
  private static Set<Reference> needed(
      JsonObject config, KerasNode node, Set<String> inputs, Set<Reference> calls) {
    Set<Reference> needed = new HashSet<>();
    for (Reference each : node.call().needs()) {
      if (!inputs.contains(each.layer())) {
        needed.add(each.first());
      } else if (!each.place().equals("0, 0")) {
        throw KerasErrors.noTensor(config, each);
      }
    }
    for (Reference each : needed) {
      if (!calls.contains(each)) {
        String got = "no call " + each.call() + " of a layer " + Phrases.quoted(each.layer());
        throw KerasErrors.graph(config, got);
      }
    }
    return needed;
  }

  /** Refuses a call on which no output depends, and an output of no call. */
  private static void requireUse(
      JsonObject config, List<KerasNode> nodes, List<Reference> outputs) {
    Set<Reference> used = new HashSet<>();
    outputs.forEach(output -> used.add(output.first()));
    for (KerasNode node : nodes.reversed()) {
      if (!used.contains(node.gives(0))) {
        String got = "a layer " + Phrases.quoted(node.layer()) + " on which no output depends";
        throw KerasErrors.graph(config, got);
      }
      node.call().needs().forEach(each -> used.add(each.first()));
    }
  }

  // What it is

  /** Whether a node only makes a mask. */
  boolean isMask(KerasNode node) {
    return masks.contains(node.layer());
  }

  /** The calls that are no masks. */
  List<KerasNode> calls() {
    return nodes.stream().filter(node -> !isMask(node)).toList();
  }

  /** How many calls and outputs read each tensor. */
  Map<Reference, Long> readers() {
    List<Reference> all = new ArrayList<>(outputs);
    calls().forEach(node -> all.addAll(node.call().reads()));
    return all.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
  }

  /** What makes it more than layers one after the other; empty where it is a chain. */
  String beyondChain() {
    if (inputs.size() > 1 || outputs.size() > 1) {
      return inputs.size() > 1
          ? "the inputs " + names(inputs)
          : "the outputs " + Phrases.list(outputs.stream().map(Reference::layer).toList());
    }
    List<KerasNode> calls = calls();
    for (int i = 0; i < calls.size(); i++) {
      KerasNode node = calls.get(i);
      List<Reference> reads = node.call().reads();
      String name = "layer " + Phrases.quoted(node.layer());
      if (node.index() > 0) {
        return name + " called again";
      }
      if (reads.size() > 1) {
        return name + " on " + reads.size() + " tensors";
      }
      Reference next = i + 1 < calls.size() ? calls.get(i + 1).call().reads().getFirst() : end();
      if (!next.equals(node.gives(0))) {
        return name + " whose output is not what is read next";
      }
    }
    return "";
  }

  private Reference end() {
    return outputs.getFirst();
  }

  private static String names(List<JsonObject> layers) {
    return Phrases.list(layers.stream().map(KerasEntries::name).toList());
  }
}
