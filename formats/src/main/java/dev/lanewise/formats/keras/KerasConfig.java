package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
   * @param stored its name in the weights of a {@code .keras} archive, which is not its own
   */
  record Entry(String type, String name, String stored, JsonObject config) {
    /** What is known of its class, which must be one of those that can be read. */
    KerasKind kind() {
      return KerasKinds.of(type, config);
    }
  }

  /** Members of the JSON's root, beside those around a layer. */
  private static final Set<String> ROOT =
      Set.of(
          ("class_name config module registered_name build_config compile_config"
                  + " shared_object_id keras_version backend")
              .split(" ", -1));

  /** Members of a model's settings. */
  private static final Set<String> MODEL =
      Set.of(
          ("name trainable dtype layers input_layers output_layers build_input_shape"
                  + " build_config")
              .split(" ", -1));

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
    KerasEntries.requireOnly(root, ROOT);
    return switch (kind) {
      case "Sequential" -> sequential(root, version);
      case "Functional", "Model" -> {
        JsonObject config = root.object("config", where);
        KerasEntries.requireOnly(config, MODEL);
        KerasGraph graph = KerasGraph.of(config);
        List<KerasInput> inputs =
            graph.inputs().stream().map(layer -> KerasInput.of(layer, config)).toList();
        yield new KerasConfig(file, where, version, inputs, entries(graph, where), graph, false);
      }
      default -> throw KerasErrors.modelKind(file, where, kind);
    };
  }

  private static KerasConfig sequential(JsonObject root, KerasVersion version) {
    Path file = root.file();
    String where = root.where();
    boolean bare = root.member("config") instanceof List<?>;
    JsonObject model = bare ? root : root.object("config", where);
    if (!bare) {
      KerasEntries.requireOnly(model, MODEL);
    }
    List<JsonObject> objects = model.objects(bare ? "config" : "layers");
    if (objects.isEmpty()) {
      throw KerasErrors.noLayers(file, where);
    }
    ModelSizes.requireLayers(file, where, objects.size());
    KerasGraph graph = KerasGraph.chain(objects);
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
      JsonObject layer = graph.layers().get(name);
      if (layer != null) {
        entries.put(name, entry(layer, where, used));
      }
    }
    return entries;
  }

  private static Entry entry(JsonObject layer, String where, Map<String, Integer> used) {
    String kind = layer.string("class_name");
    String name = layer.object("config", layer.where()).string("name", "");
    JsonObject config = KerasEntries.config(layer, KerasErrors.layer(where, name, kind));
    KerasEntries.requireLayer(layer, config);
    int before = used.merge(kind, 1, Integer::sum) - 1;
    String stored = snakeCase(kind) + (before == 0 ? "" : "_" + before);
    return new Entry(kind, name, stored, config);
  }

  /** As Keras does: {@code LSTM} is lstm, {@code TimeDistributed} time_distributed. */
  private static String snakeCase(String kind) {
    return kind.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether it is layers one after the other, from one input to one output. */
  boolean isChain() {
    return graph.beyondChain().isEmpty()
        && (isSequential || layers.values().stream().noneMatch(entry -> entry.kind().merges));
  }

  /** What makes it more than a chain; empty where it is one. */
  String beyondChain() {
    String beyond = graph.beyondChain();
    return beyond.isEmpty() && !isChain() ? "a layer that merges tensors" : beyond;
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
