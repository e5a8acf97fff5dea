package dev.lanewise.formats.keras;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.kernels.Activation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Keras's activations as this library's, which partly differ by version. */
final class KerasActivations {
  static final String SOFTMAX = "softmax";

  private static final String HARD_SIGMOID = "hard_sigmoid";

  /** Other names, and where the activation has another one here; gelu_new is TensorFlow.js's. */
  private static final Map<String, Activation> ALIASES =
      Map.of(
          "swish", Activation.SILU,
          "hard_swish", Activation.HARD_SILU,
          "celu", Activation.ELU, // by default they are the same function
          "gelu_new", Activation.GELU_TANH);

  /** No string of Keras names these. */
  private static final Set<Activation> UNNAMED =
      EnumSet.of(Activation.HARD_SIGMOID_CLASSIC, Activation.GELU_TANH);

  private KerasActivations() {}

  /** The activation of that key; linear where it is null or absent. */
  static Activation of(JsonObject config, String key, KerasVersion version) {
    String name = name(config, key);
    if (name.equals(HARD_SIGMOID)) {
      return hardSigmoid(config, version);
    }
    Activation alias = ALIASES.get(name);
    if (alias != null) {
      return alias;
    }
    for (Activation activation : Activation.values()) {
      if (name(activation).equals(name) && !UNNAMED.contains(activation)) {
        return activation;
      }
    }
    List<String> known =
        Arrays.stream(Activation.values())
            .filter(activation -> !UNNAMED.contains(activation))
            .map(KerasActivations::name)
            .toList();
    throw KerasErrors.choice(config.file(), config.where(), key, name, known);
  }

  private static Activation hardSigmoid(JsonObject config, KerasVersion version) {
    if (version.isFrom(3, 0)) {
      return Activation.HARD_SIGMOID;
    }
    if (version.isBefore(3, 0)) {
      return Activation.HARD_SIGMOID_CLASSIC;
    }
    throw KerasErrors.versionOpen(config, HARD_SIGMOID, "Keras 3");
  }

  /** As the file spells it. */
  static String name(JsonObject config, String key) {
    if (!config.has(key)) {
      return name(Activation.LINEAR);
    }
    // Keras 3 may write {"class_name": "function", "config": "tanh"}.
    return config.member(key) instanceof Map<?, ?>
        ? config.object(key, config.where() + ", " + key).string("config")
        : config.string(key);
  }

  /** As Keras spells it. */
  static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }
}
