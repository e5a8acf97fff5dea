package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands around a layer's settings in Keras's JSON, or in every layer's: its class, where that
 * comes from, and the precision.
 */
final class KerasEntries {
  /** Members that are read, or that no prediction depends on. */
  private static final Set<String> KNOWN =
      Set.of(
          ("class_name config name inbound_nodes module registered_name build_config"
                  + " compile_config shared_object_id")
              .split(" ", -1));

  /** Members of a model, beside those around a layer. */
  private static final Set<String> ROOT =
      Set.of(
          ("class_name config name inbound_nodes module registered_name build_config"
                  + " compile_config shared_object_id keras_version backend")
              .split(" ", -1));

  /** Members of a model's settings. */
  private static final Set<String> MODEL =
      Set.of(
          ("name trainable dtype layers input_layers output_layers build_input_shape"
                  + " build_config")
              .split(" ", -1));

  private static final Pattern KERAS = Pattern.compile("(keras|tf_keras|tensorflow)(\\..*)?");

  /** The precision that a layer computed in; here it is float32. */
  private static final Set<String> PRECISIONS =
      Set.of(
          ("float32 float64 float16 bfloat16 mixed_float16 mixed_bfloat16 int32" + " int64 _infer")
              .split(" ", -1));

  private static final Pattern OPERATIONS = Pattern.compile(".*\\.ops\\..*");

  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  private KerasEntries() {}

  /** The name under which calls refer to a layer; empty where it has none. */
  static String name(JsonObject entry) {
    return entry.has("name")
        ? entry.string("name")
        : entry.object("config", entry.where()).string("name", "");
  }

  /**
   * Refuses what stands among a model's layers and is none: an operation such as {@code x + y}.
   *
   * @param config its settings
   */
  static void requireLayer(JsonObject entry, JsonObject config) {
    String kind = entry.string("class_name");
    String module = entry.string("module", "");
    if (OPERATIONS.matcher(module).matches()) {
      throw KerasErrors.operation(config, kind, module);
    }
  }

  /** Whether a layer is a model of its own. */
  static boolean isModel(JsonObject entry) {
    return MODELS.contains(entry.string("class_name"));
  }

  /**
   * The settings of a model, which are its layers and how they are called; or the model itself,
   * where it has the layers alone.
   *
   * @param where names the model in errors
   */
  static JsonObject model(JsonObject entry, String where) {
    kind(entry);
    requireOnly(entry, ROOT);
    if (entry.member("config") instanceof List<?>) {
      return entry;
    }
    JsonObject config = entry.object("config", where);
    requireOnly(config, MODEL);
    return config;
  }

  /** The layers of a Sequential, of what {@link #model} gives. */
  static List<JsonObject> chain(JsonObject model) {
    List<JsonObject> objects = model.objects(model.has("layers") ? "layers" : "config");
    if (objects.isEmpty()) {
      throw KerasErrors.noLayers(model.file(), model.where());
    }
    ModelSizes.requireLayers(model.file(), model.where(), objects.size());
    return objects;
  }

  /**
   * What a {@code .keras} archive calls a layer: {@code LSTM} is lstm, {@code TimeDistributed}
   * time_distributed.
   *
   * @param before how many of that class are before it
   */
  static KerasGroupName stored(String kind, int before) {
    String name =
        kind.replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
            .replaceAll("([a-z])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT);
    return new KerasGroupName(name, before);
  }

  /** The class of a layer or model, which must be Keras's own. */
  static String kind(JsonObject entry) {
    String kind = entry.string("class_name");
    String registered = entry.string("registered_name", kind);
    if (!registered.equals(kind)) {
      throw KerasErrors.customClass(entry, kind, registered);
    }
    String module = entry.string("module", "keras");
    if (!KERAS.matcher(module).matches()) {
      throw KerasErrors.customClass(entry, kind, module);
    }
    return kind;
  }

  /**
   * The settings of a layer.
   *
   * @param inner names them in errors
   */
  static JsonObject config(JsonObject entry, String inner) {
    kind(entry);
    requireOnly(entry, KNOWN);
    return entry.object("config", inner);
  }

  /** Refuses members of an object around the layers' settings that nobody reads. */
  static void requireOnly(JsonObject object, Set<String> known) {
    for (String name : object.names()) {
      if (object.has(name) && !known.contains(name)) {
        throw KerasErrors.unknownSetting(object, name);
      }
    }
  }

  /** Refuses a layer that did not compute in floats. */
  static void requirePrecision(JsonObject config) {
    if (!config.has("dtype")) {
      return;
    }
    String name =
        config.member("dtype") instanceof Map<?, ?>
            ? policy(config.object("dtype", config.where() + ", dtype"))
            : config.string("dtype");
    if (!PRECISIONS.contains(name)) {
      throw KerasErrors.precision(config, name);
    }
  }

  private static String policy(JsonObject dtype) {
    JsonObject config = dtype.object("config", dtype.where());
    return config.has("name") ? config.string("name") : dtype.string("class_name");
  }
}
