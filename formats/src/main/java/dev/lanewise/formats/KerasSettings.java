package dev.lanewise.formats;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings that no prediction depends on, by the class that has them. Every other setting of a
 * layer is one that its reader reads, or an error: what nobody looked at may change the number.
 *
 * <p>A setting that is null is one that is not set, and never an error.
 */
final class KerasSettings {
  /** Of every layer. The input's shape is read of the first. */
  private static final List<String> EVERY =
      List.of(
          "name",
          "trainable",
          "batch_input_shape",
          "input_dtype",
          "dynamic",
          "autocast",
          "activity_regularizer");

  /** Of a layer with a kernel; Keras 1's names after Keras 2's. */
  private static final List<String> KERNEL =
      List.of(
          "kernel_initializer",
          "kernel_regularizer",
          "kernel_constraint",
          "bias_initializer",
          "bias_regularizer",
          "bias_constraint",
          "init",
          "W_regularizer",
          "W_constraint",
          "b_regularizer",
          "b_constraint",
          "input_dim",
          "input_length");

  private static final List<String> RANDOM = List.of("seed", "rng_type");

  /** By class, beside {@link #EVERY}. */
  private static final Map<String, List<List<String>>> IDLE =
      Map.ofEntries(
          Map.entry(
              "LSTM",
              List.of(
                  KERNEL,
                  RANDOM,
                  List.of(
                      "recurrent_initializer",
                      "recurrent_regularizer",
                      "recurrent_constraint",
                      "inner_init",
                      "U_regularizer",
                      // Each call begins with the state 0, whether Keras would or not.
                      "stateful",
                      // How it is computed, not what.
                      "unroll",
                      "implementation",
                      "consume_less",
                      "use_cudnn",
                      // They act in training.
                      "dropout",
                      "recurrent_dropout",
                      "dropout_W",
                      "dropout_U"))),
          Map.entry("Dense", List.of(KERNEL)),
          Map.entry("Conv1D", List.of(KERNEL)),
          Map.entry(
              "Embedding",
              List.of(
                  List.of(
                      "embeddings_initializer",
                      "embeddings_regularizer",
                      "embeddings_constraint",
                      "init",
                      "W_regularizer",
                      "W_constraint",
                      "dropout"))),
          Map.entry("Dropout", List.of(RANDOM, List.of("noise_shape"))),
          Map.entry("SpatialDropout1D", List.of(RANDOM, List.of("rate", "p", "noise_shape"))),
          Map.entry("GaussianDropout", List.of(RANDOM, List.of("rate", "p"))),
          Map.entry("GaussianNoise", List.of(RANDOM, List.of("stddev", "sigma"))),
          Map.entry("ActivityRegularization", List.of(List.of("l1", "l2"))),
          Map.entry(
              "InputLayer",
              List.of(List.of("batch_shape", "dtype", "input_shape", "shape", "optional"))));

  /** Classes with the settings of another. */
  private static final Map<String, String> ALIKE =
      Map.of("CuDNNLSTM", "LSTM", "TimeDistributedDense", "Dense", "Convolution1D", "Conv1D");

  /** The precision that a layer computed in; here it is float32. */
  private static final List<String> PRECISIONS =
      List.of(
          "float32",
          "float64",
          "float16",
          "bfloat16",
          "mixed_float16",
          "mixed_bfloat16",
          "int32",
          "int64",
          "_infer");

  private KerasSettings() {}

  /** The settings of a class that have no effect on predictions. */
  static Set<String> idle(String kind) {
    Set<String> names = new HashSet<>(EVERY);
    IDLE.getOrDefault(ALIKE.getOrDefault(kind, kind), List.of()).forEach(names::addAll);
    return names;
  }

  /**
   * Refuses what a layer's reader has not read and that may have an effect.
   *
   * @param config what the layer was made of
   */
  static void requireRead(JsonObject config, String kind) {
    if (!kind.equals("InputLayer")) {
      requirePrecision(config);
    }
    Set<String> idle = idle(kind);
    for (String name : config.unread()) {
      if (!idle.contains(name)) {
        throw KerasConfigErrors.unknownSetting(config, name);
      }
    }
  }

  private static void requirePrecision(JsonObject config) {
    if (!config.has("dtype")) {
      return;
    }
    String name =
        config.member("dtype") instanceof Map<?, ?>
            ? policy(config.object("dtype", config.where() + ", dtype"))
            : config.string("dtype");
    if (!PRECISIONS.contains(name)) {
      throw KerasConfigErrors.precision(config, name);
    }
  }

  private static String policy(JsonObject dtype) {
    JsonObject config = dtype.object("config", dtype.where());
    return config.has("name") ? config.string("name") : dtype.string("class_name");
  }

  /** Refuses members of an object around the layers' settings that nobody reads. */
  static void requireOnly(JsonObject object, Set<String> known) {
    for (String name : object.names()) {
      if (object.has(name) && !known.contains(name)) {
        throw KerasConfigErrors.unknownSetting(object, name);
      }
    }
  }
}
