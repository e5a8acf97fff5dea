package dev.lanewise.formats.keras;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.Resources;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every setting that Keras 1, 2 or 3 writes of a layer is read, or known to have no effect on
 * predictions; every other one is refused by name.
 */
class KerasSettingsTest {
  private static final Path FILE = Path.of("model.json");

  /** No setting of any layer is this. */
  private static final String STRANGE = "[[\"strange\"], {}]";

  /**
   * What is known of a layer.
   *
   * @param least what a layer must have, as JSON by name
   * @param used the settings that are read: a strange value is refused by their name
   * @param idle those that have no effect on predictions: a strange value is as good as any
   */
  record Kind(Map<String, String> least, String used, String idle) {
    Set<String> usedNames() {
      return Set.of(used.split(" ", -1));
    }

    Set<String> idleNames() {
      Set<String> names = new TreeSet<>(List.of((EVERY + " " + idle).strip().split(" +", -1)));
      names.removeAll(usedNames());
      return names;
    }
  }

  private static final String EVERY =
      "name trainable batch_input_shape input_dtype dynamic autocast activity_regularizer";

  private static final String KERNEL =
      " kernel_initializer kernel_constraint bias_initializer bias_constraint init W_constraint"
          + " b_constraint input_dim input_length";

  private static final String RECURRENT =
      KERNEL
          + " recurrent_initializer recurrent_constraint inner_init"
          + " stateful unroll implementation consume_less use_cudnn seed rng_type";

  private static final String PENALTIES =
      " kernel_regularizer W_regularizer bias_regularizer b_regularizer";

  private static final String DROPPED =
      " dropout recurrent_dropout dropout_W dropout_U trainable recurrent_regularizer"
          + " U_regularizer"
          + PENALTIES;

  private static final String LSTM =
      "dtype units activation recurrent_activation use_bias unit_forget_bias return_sequences"
          + " go_backwards zero_output_for_mask return_state time_major forget_bias_init"
          + DROPPED;

  private static final String GRU =
      LSTM.replace("unit_forget_bias", "reset_after").replace(" forget_bias_init", "");

  private static final String SIMPLE =
      GRU.replace(" recurrent_activation", "").replace(" reset_after", "");

  private static final String CONV =
      "dtype filters kernel_size strides padding data_format dilation_rate groups activation"
          + " use_bias trainable"
          + PENALTIES;

  private static final String GAMMA_BETA =
      "gamma_initializer gamma_regularizer gamma_constraint gamma_init beta_initializer"
          + " beta_regularizer beta_constraint beta_init";

  private static final Set<String> MERGING = Set.of("Add", "Average", "Multiply", "Concatenate");

  private static final Map<String, Kind> KINDS = kinds();

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("LSTM", new Kind(Map.of("units", "3"), LSTM, RECURRENT));
    kinds.put("CuDNNLSTM", new Kind(Map.of("units", "3"), LSTM, RECURRENT));
    kinds.put("GRU", new Kind(Map.of("units", "3"), GRU, RECURRENT));
    kinds.put("CuDNNGRU", new Kind(Map.of("units", "3"), GRU, RECURRENT));
    kinds.put("SimpleRNN", new Kind(Map.of("units", "3"), SIMPLE, RECURRENT));
    kinds.put(
        "Dense",
        new Kind(
            Map.of("units", "3"), "dtype units activation use_bias trainable" + PENALTIES, KERNEL));
    kinds.put(
        "Embedding",
        new Kind(
            Map.of("input_dim", "3", "output_dim", "2"),
            "dtype input_dim output_dim mask_zero input_length trainable embeddings_regularizer"
                + " W_regularizer",
            "embeddings_initializer embeddings_constraint init W_constraint dropout"));
    kinds.put("Masking", new Kind(Map.of(), "dtype mask_value", ""));
    kinds.put("Conv1D", new Kind(Map.of("filters", "2", "kernel_size", "3"), CONV, KERNEL));
    kinds.put("Flatten", new Kind(Map.of(), "dtype data_format", ""));
    kinds.put("Reshape", new Kind(Map.of("target_shape", "[2, 6]"), "dtype target_shape", ""));
    kinds.put("RepeatVector", new Kind(Map.of("n", "3"), "dtype n", ""));
    kinds.put("Permute", new Kind(Map.of("dims", "[2, 1]"), "dtype dims", ""));
    kinds.put("Dropout", new Kind(Map.of(), "dtype rate", "seed rng_type noise_shape"));
    kinds.put("Softmax", new Kind(Map.of(), "dtype axis", ""));
    kinds.put("Activation", new Kind(Map.of("activation", "\"linear\""), "dtype activation", ""));
    kinds.put("SpatialDropout1D", new Kind(Map.of(), "dtype rate", "noise_shape seed rng_type"));
    for (String pooling : List.of("MaxPooling1D", "AveragePooling1D")) {
      String used = "dtype pool_size strides padding data_format";
      kinds.put(pooling, new Kind(Map.of("pool_size", "2"), used, ""));
      String before = "dtype pool_length stride border_mode";
      kinds.put(pooling + " of Keras 1", new Kind(Map.of("pool_length", "2"), before, ""));
    }
    kinds.put("GlobalMaxPooling1D", new Kind(Map.of(), "dtype data_format keepdims", ""));
    kinds.put("GlobalAveragePooling1D", new Kind(Map.of(), "dtype data_format keepdims", ""));
    kinds.put("ReLU", new Kind(Map.of(), "dtype max_value negative_slope threshold", ""));
    kinds.put("LeakyReLU", new Kind(Map.of(), "dtype negative_slope", ""));
    kinds.put("LeakyReLU of Keras 1", new Kind(Map.of(), "dtype alpha", ""));
    kinds.put("ThresholdedReLU", new Kind(Map.of(), "dtype theta", ""));
    kinds.put("ELU", new Kind(Map.of(), "dtype alpha", ""));
    kinds.put("GaussianDropout", new Kind(Map.of(), "dtype", "rate p seed rng_type"));
    kinds.put("GaussianNoise", new Kind(Map.of(), "dtype", "stddev sigma seed rng_type"));
    kinds.put("ActivityRegularization", new Kind(Map.of(), "dtype", "l1 l2"));
    kinds.put("AlphaDropout", new Kind(Map.of(), "dtype", "rate noise_shape seed rng_type"));
    kinds.put("Identity", new Kind(Map.of(), "dtype", ""));
    for (String merging : MERGING) {
      kinds.put(merging, new Kind(Map.of(), "dtype", ""));
    }
    String normalized = "dtype axis epsilon center scale trainable ";
    kinds.put("LayerNormalization", new Kind(Map.of(), normalized + "rms_scaling", GAMMA_BETA));
    kinds.put(
        "BatchNormalization",
        new Kind(
            Map.of(),
            normalized + "momentum renorm mode",
            GAMMA_BETA
                + " renorm_clipping renorm_momentum synchronized fused moving_mean_initializer"
                + " moving_variance_initializer"));
    kinds.put("Concatenate", new Kind(Map.of(), "dtype axis", ""));
    Map<String, String> lstm = Map.of("layer", entry("LSTM", "\"units\": 2"));
    kinds.put(
        "Bidirectional", new Kind(lstm, "dtype layer backward_layer merge_mode trainable", ""));
    Map<String, String> dense = Map.of("layer", entry("Dense", "\"units\": 2"));
    kinds.put("TimeDistributed", new Kind(dense, "dtype layer trainable", ""));
    kinds.put("InputLayer", new Kind(Map.of(), "batch_shape sparse ragged", "dtype optional"));
    // Keras 1
    kinds.put(
        "LSTM of Keras 1",
        new Kind(
            Map.of("output_dim", "3"),
            "dtype output_dim activation inner_activation forget_bias_init" + DROPPED,
            RECURRENT));
    kinds.put(
        "GRU of Keras 1",
        new Kind(
            Map.of("output_dim", "3"),
            "dtype output_dim activation inner_activation" + DROPPED,
            RECURRENT));
    kinds.put(
        "SimpleRNN of Keras 1",
        new Kind(Map.of("output_dim", "3"), "dtype output_dim activation" + DROPPED, RECURRENT));
    kinds.put(
        "Dense of Keras 1",
        new Kind(
            Map.of("output_dim", "3"),
            "dtype output_dim activation bias trainable" + PENALTIES,
            KERNEL));
    kinds.put(
        "TimeDistributedDense",
        new Kind(
            Map.of("output_dim", "3"),
            "dtype output_dim activation bias trainable" + PENALTIES,
            KERNEL));
    kinds.put(
        "Convolution1D",
        new Kind(
            Map.of("nb_filter", "2", "filter_length", "3"),
            "dtype nb_filter filter_length border_mode subsample_length activation bias trainable"
                + PENALTIES,
            KERNEL));
    kinds.put("Dropout of Keras 1", new Kind(Map.of(), "dtype p", ""));
    return kinds;
  }

  static Stream<Arguments> settings() {
    List<Arguments> all = new ArrayList<>();
    KINDS.forEach(
        (name, kind) -> {
          kind.usedNames().forEach(key -> all.add(Arguments.of(name, key, "used")));
          kind.idleNames().forEach(key -> all.add(Arguments.of(name, key, "idle")));
          all.add(Arguments.of(name, "stranger", "refused"));
        });
    return all.stream();
  }

  /** The layer with a setting, behind an input (batch, 4, 3). */
  private static void read(String name, String key, String value) {
    Kind kind = KINDS.get(name);
    Map<String, String> settings = new LinkedHashMap<>(kind.least());
    settings.put(key, value);
    String members =
        settings.entrySet().stream()
            .map(setting -> "\"" + setting.getKey() + "\": " + setting.getValue())
            .collect(Collectors.joining(", "));
    if (MERGING.contains(name)) {
      readMerging(entry(name, members));
      return;
    }
    String first = "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 4, 3]}}";
    String layer = entry(name.replaceFirst(" .*", ""), members);
    String layers = name.equals("InputLayer") ? layer : first + ", " + layer;
    String json =
        "{\"class_name\": \"Sequential\", \"keras_version\": \"2.11.0\", \"config\": {\"layers\": ["
            + layers
            + "]}}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    KerasLayers.of(KerasConfig.read(bytes, FILE, "", "", KerasVersion.UNKNOWN));
  }

  private static void readMerging(String layer) {
    String json =
        """
        {"class_name": "Functional", "keras_version": "2.11.0", "config": {"layers": [
          {"class_name": "InputLayer", "name": "x", "config": {"batch_shape": [null, 4, 3]}}, LAYER,
            "name": "y", "inbound_nodes": [[["x", 0, 0, {}], ["x", 0, 0, {}]]]}],
          "input_layers": [["x", 0, 0]], "output_layers": [["y", 0, 0]]}}
        """;
    String last = layer.substring(0, layer.length() - 1);
    byte[] bytes = json.replace("LAYER", last).getBytes(StandardCharsets.UTF_8);
    KerasLayers.of(KerasConfig.read(bytes, FILE, "", "", KerasVersion.UNKNOWN));
  }

  private static String entry(String kind, String members) {
    return "{\"class_name\": \"" + kind + "\", \"config\": {" + members + "}}";
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isUsedIdleOrRefused(String name, String key, String what) {
    if (what.equals("idle")) {
      String value =
          key.equals("name") ? "\"a\"" : key.equals("batch_input_shape") ? "[null, 3]" : STRANGE;
      assertDoesNotThrow(() -> read(name, key, value));
      return;
    }
    FormatException e = assertThrows(FormatException.class, () -> read(name, key, STRANGE));
    assertTrue(e.getMessage().contains(key), e.getMessage());
    assertEquals(
        what.equals("refused"),
        e.expected().equals("settings that this library knows"),
        e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSettingThatIsNullIsNotSet(String name, String key, String what) {
    if (!what.equals("used") && !key.equals("name")) {
      assertDoesNotThrow(() -> read(name, key, "null"));
    }
  }

  /** Keras wrote the file; see make_keras3_files.py. */
  @Test
  void everySettingThatKeras3WritesIsInTheList() throws IOException {
    byte[] bytes = Files.readAllBytes(Resources.resource("keras3/configs.json"));
    Map<?, ?> configs = (Map<?, ?>) Json.parse(bytes, FILE, "", -1);
    configs.forEach(
        (name, keys) -> {
          Kind kind = KINDS.get(name);
          for (Object key : (List<?>) keys) {
            boolean known =
                kind.usedNames().contains(key)
                    || kind.idleNames().contains(key)
                    || key.equals("quantization_config"); // null, or the weights are others
            assertTrue(known, name + ": " + key);
          }
        });
  }

  private static Set<String> idle(String name) {
    JsonObject nothing = JsonObject.of(Map.of(), FILE, "");
    return name.equals("InputLayer") ? KerasKinds.INPUT.idle : KerasKinds.of(name, nothing).idle;
  }

  /** And the list of the library has none that this one has not. */
  @Test
  void theListsAreOne() {
    KINDS.forEach(
        (name, kind) -> {
          if (!name.endsWith("Keras 1")) {
            Set<String> idle = new TreeSet<>(idle(name));
            idle.removeAll(kind.usedNames());
            idle.remove("input_shape");
            idle.remove("shape");
            assertEquals(kind.idleNames(), idle, name);
          }
        });
  }
}
