package dev.lanewise.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model's JSON says: its layers from input to output, without the input itself, and the
 * shape that goes in.
 *
 * @param where names the JSON in errors
 * @param input the lengths of the input's axes after the batch, -1 where free; null where unsaid
 */
record KerasConfig(
    Path file, String where, KerasVersion version, List<Entry> layers, @Nullable List<Long> input) {

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

  private static final List<String> INPUT_SHAPES = List.of("batch_shape", "batch_input_shape");

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
  static KerasConfig read(
      byte[] bytes, Path file, String where, String said, KerasVersion weights) {
    Object json = Json.parsePython(bytes, file, where);
    JsonObject root = JsonObject.of(json, file, where);
    String text = said.isEmpty() ? root.string("keras_version", "") : said;
    KerasVersion version = KerasVersion.parse(text).and(KerasEvidence.of(json)).and(weights);
    String kind = KerasEntries.kind(root);
    KerasEntries.requireOnly(root, ROOT);
    return switch (kind) {
      case "Sequential" -> sequential(root, file, where, version);
      case "Functional", "Model" -> {
        JsonObject config = root.object("config", where);
        KerasEntries.requireOnly(config, MODEL);
        yield of(KerasChain.of(config), config, file, where, version);
      }
      default -> throw KerasErrors.modelKind(file, where, kind);
    };
  }

  private static KerasConfig sequential(
      JsonObject root, Path file, String where, KerasVersion version) {
    if (root.member("config") instanceof List<?>) {
      return of(root.objects("config"), root, file, where, version);
    }
    JsonObject config = root.object("config", where);
    KerasEntries.requireOnly(config, MODEL);
    return of(config.objects("layers"), config, file, where, version);
  }

  private static KerasConfig of(
      List<JsonObject> objects, JsonObject model, Path file, String where, KerasVersion version) {
    if (objects.isEmpty()) {
      throw KerasErrors.noLayers(file, where);
    }
    ModelSizes.requireLayers(file, where, objects.size());
    List<Entry> layers = new ArrayList<>();
    Map<String, Integer> used = new HashMap<>();
    for (JsonObject object : objects) {
      Entry entry = entry(object, where, used);
      if (entry.type.equals(KerasKinds.INPUT.label)) {
        KerasKinds.INPUT.requireRead(entry.config);
      } else {
        layers.add(entry);
      }
    }
    JsonObject first = objects.get(0).object("config", objects.get(0).where());
    return new KerasConfig(file, where, version, layers, input(first, model));
  }

  private static Entry entry(JsonObject layer, String where, Map<String, Integer> used) {
    String kind = layer.string("class_name");
    String name = layer.object("config", layer.where()).string("name", "");
    JsonObject config = KerasEntries.config(layer, KerasErrors.layer(where, name, kind));
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

  private static @Nullable List<Long> input(JsonObject first, JsonObject model) {
    for (String name : INPUT_SHAPES) {
      if (first.has(name)) {
        return withoutBatch(first.lengths(name));
      }
    }
    return model.has("build_input_shape") ? withoutBatch(model.lengths("build_input_shape")) : null;
  }

  private static List<Long> withoutBatch(List<Long> shape) {
    return shape.subList(Math.min(1, shape.size()), shape.size());
  }

  /**
   * How many timesteps come in; 0 where that is free or unsaid.
   *
   * @param after how many axes the input has after the time
   */
  int timesteps(int after) {
    int axis = input == null ? -1 : input.size() - 1 - after;
    return input == null || axis < 0 ? 0 : Math.clamp(input.get(axis), 0, Integer.MAX_VALUE);
  }

  /** The length of the input's last axis, which must be said. */
  int features() {
    if (input == null || input.isEmpty()) {
      throw KerasErrors.noFeatures(file, where, "no shape of the input");
    }
    long features = input.getLast();
    if (features < 1 || features > Integer.MAX_VALUE) {
      throw KerasErrors.noFeatures(file, where, features < 0 ? "null" : Long.toString(features));
    }
    return (int) features;
  }
}
