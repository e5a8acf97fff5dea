package dev.lanewise.formats;

import java.util.Set;
import java.util.regex.Pattern;

/** What stands around a layer's settings in Keras's JSON: its class, and where that comes from. */
final class KerasEntries {
  /** Members that are read, or that no prediction depends on. */
  private static final Set<String> KNOWN =
      Set.of(
          "class_name",
          "config",
          "name",
          "inbound_nodes",
          "module",
          "registered_name",
          "build_config",
          "compile_config",
          "shared_object_id");

  private static final Pattern KERAS = Pattern.compile("(keras|tf_keras|tensorflow)(\\..*)?");

  private KerasEntries() {}

  /** The class of a layer or model, which must be Keras's own. */
  static String kind(JsonObject entry) {
    String kind = entry.string("class_name");
    String registered = entry.string("registered_name", kind);
    if (!registered.equals(kind)) {
      throw KerasConfigErrors.customClass(entry, kind, registered);
    }
    String module = entry.string("module", "keras");
    if (!KERAS.matcher(module).matches()) {
      throw KerasConfigErrors.customClass(entry, kind, module);
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
    KerasSettings.requireOnly(entry, KNOWN);
    return entry.object("config", inner);
  }
}
