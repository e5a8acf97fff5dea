package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
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
   * Refuses what stands among a model's layers and is none: an operation such as {@code x + y}, and
   * a model.
   *
   * @param config its settings
   */
  static void requireLayer(JsonObject entry, JsonObject config) {
    String kind = entry.string("class_name");
    if (MODELS.contains(kind)) {
      throw KerasErrors.nested(config, kind);
    }
    String module = entry.string("module", "");
    if (OPERATIONS.matcher(module).matches()) {
      throw KerasErrors.operation(config, kind, module);
    }
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
