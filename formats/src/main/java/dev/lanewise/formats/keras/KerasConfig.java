package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model's JSON says: its layers, how they are called, and what goes in.
 *
 * @param where names the JSON in errors
 * @param inputs what goes in, in the model's order
 * @param layers by the name under which {@code graph} has them, in the order of their weights
 * @param isSequential whether Keras had them in one chain by their class
 */
public record KerasConfig(
    Path file,
    String where,
    KerasVersion version,
    List<KerasInput> inputs,
    Map<String, Entry> layers,
    KerasGraph graph,
    boolean isSequential) {

  /**
   * A layer.
   *
   * @param type its class
   * @param name its own, after those of the models around it
   * @param within those names
   * @param stored what the weights of a {@code .keras} archive call these models and it, which are
   *     not their names
   */
  record Entry(
      String type, String name, String within, List<KerasGroupName> stored, JsonObject config) {
    /** Its own name alone. */
    String last() {
      return within.isEmpty() || name.isEmpty() ? name : name.substring(within.length() + 1);
    }

    /** What is known of its class, which must be one of those that can be read. */
    KerasKind kind() {
      return KerasKinds.of(type, config);
    }

    /** Whether it gives two tensors, what each of its directions gives. */
    boolean isApart() {
      return kind().isApart(config);
    }
  }

  /**
   * Reads a model's JSON. Its version is the one that is said, else the JSON's own, else what can
   * be told by the names in it and by the weights.
   *
   * @param bytes the JSON
   * @param said the version that the file says; empty for none
   * @param weights what the file of the weights tells of the version
   */
  public static KerasConfig read(
      byte[] bytes, Path file, String where, String said, KerasVersion weights) {
    JsonObject root = JsonObject.of(Json.parsePython(bytes, file, where), file, where);
    return of(root, said, weights);
  }

  /** As {@link #read}, of JSON that is read already, and without the weights' evidence. */
  public static KerasConfig of(JsonObject root, String said) {
    return of(root, said, KerasVersion.UNKNOWN);
  }

  private static KerasConfig of(JsonObject root, String said, KerasVersion weights) {
    Path file = root.file();
    String where = root.where();
    String text = said.isEmpty() ? root.string("keras_version", "") : said;
    KerasVersion version = KerasVersion.parse(text).and(KerasEvidence.of(root)).and(weights);
    String kind = KerasEntries.kind(root);
    return switch (kind) {
      case "Sequential" -> sequential(KerasEntries.model(root, where), version);
      case "Functional", "Model" -> {
        JsonObject config = KerasEntries.model(root, where);
        KerasGraph graph = KerasGraph.of(config);
        List<KerasInput> inputs =
            graph.inputs().stream().map(layer -> KerasInput.of(layer, config)).toList();
        yield new KerasConfig(file, where, version, inputs, entries(graph, where), graph, false);
      }
      default -> throw KerasErrors.modelKind(file, where, kind);
    };
  }

  private static KerasConfig sequential(JsonObject model, KerasVersion version) {
    Path file = model.file();
    String where = model.where();
    List<JsonObject> objects = KerasEntries.chain(model);
    KerasGraph graph = KerasGraph.chain(model, objects);
    List<KerasInput> inputs = List.of(KerasInput.of(objects.getFirst(), model));
    graph.inputs().forEach(layer -> KerasInput.requireRead(layer, where));
    return new KerasConfig(file, where, version, inputs, entries(graph, where), graph, true);
  }

  /** In the order of the calls where they are a chain, else of the JSON. */
  private static Map<String, Entry> entries(KerasGraph graph, String where) {
    List<String> order =
        graph.beyondChain().isEmpty()
            ? graph.calls().stream().map(KerasNode::layer).toList()
            : List.copyOf(graph.layers().keySet());
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, Integer> used = new HashMap<>();
    for (String name : order) {
      KerasPart layer = graph.layers().get(name);
      if (layer != null) {
        entries.put(name, entry(layer, where, used));
      }
    }
    return entries;
  }

  private static Entry entry(KerasPart part, String where, Map<String, Integer> used) {
    JsonObject layer = part.json();
    String kind = layer.string("class_name");
    JsonObject config = KerasEntries.config(layer, KerasErrors.layer(where, part.name(), kind));
    KerasEntries.requireLayer(layer, config);
    int before = used.merge(part.around() + kind, 1, Integer::sum) - 1;
    List<KerasGroupName> stored = new ArrayList<>(part.around());
    stored.add(KerasEntries.stored(kind, before));
    return new Entry(kind, part.name(), part.within(), stored, config);
  }

  /** The tensor that an input is. */
  Reference tensor(KerasInput input) {
    return new Reference(isSequential ? "" : input.name());
  }

  /** Whether it is layers one after the other, from one input to one output. */
  boolean isChain() {
    return graph.beyondChain().isEmpty()
        && (isSequential
            || layers.values().stream().noneMatch(entry -> entry.kind().merges || entry.isApart()));
  }

  /** What makes it more than a chain; empty where it is one. */
  String beyondChain() {
    String beyond = graph.beyondChain();
    if (!beyond.isEmpty() || isChain()) {
      return beyond;
    }
    return layers.values().stream().anyMatch(Entry::isApart)
        ? "a layer that gives two tensors"
        : "a layer that merges tensors";
  }

  /** The layer of a call. */
  Entry entry(KerasNode node) {
    Entry entry = layers.get(node.layer());
    if (entry == null) {
      throw new AssertionError(node.layer());
    }
    return entry;
  }
}
