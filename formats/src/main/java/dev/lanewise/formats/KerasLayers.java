package dev.lanewise.formats;

import dev.lanewise.formats.KerasConfig.Entry;
import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Softmax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keras's layers as this library's, with the defaults of the version that wrote them. */
final class KerasLayers {
  /** A layer, and what it was. */
  record Placed(Layer layer, Entry entry) {}

  private static final String SOFTMAX = "softmax";

  private static final List<String> KINDS =
      List.of(
          "LSTM",
          "CuDNNLSTM",
          "Bidirectional(LSTM)",
          "Dense",
          "TimeDistributed(Dense)",
          "Embedding",
          "Masking",
          "Conv1D",
          "Flatten",
          "Reshape",
          "Permute",
          "Dropout",
          "Softmax",
          "Activation after a Dense");

  private final Path file;
  private final KerasConfig model;
  private final KerasVersion version;
  private final List<Placed> placed = new ArrayList<>();

  private KerasLayers(KerasConfig config) {
    this.model = config;
    this.file = config.file();
    this.version = config.version();
  }

  static List<Placed> of(KerasConfig config) {
    KerasLayers layers = new KerasLayers(config);
    for (Entry entry : config.layers()) {
      ModelSizes.guarded(
          config.file(),
          entry.config().where(),
          () -> {
            layers.add(entry);
            return entry;
          });
    }
    return layers.placed;
  }

  private void add(Entry entry) {
    JsonObject config = entry.config();
    switch (entry.kind()) {
      case "LSTM", "CuDNNLSTM" -> place(lstm(config, entry.name(), entry.kind()), entry);
      case "Dense", "TimeDistributedDense" -> placeDense(config, entry);
      case "TimeDistributed" -> placeDense(inner(config, "Dense"), entry);
      case "Softmax" -> place(Softmax.of().named(entry.name()), entry);
      case "Activation" -> activate(config, entry);
      case "Bidirectional" -> place(bidirectional(config).named(entry.name()), entry);
      case "Embedding" -> place(embedding(config, entry.name()), entry);
      case "Conv1D", "Convolution1D" -> place(conv1d(config, entry.name()), entry);
      case "Masking" ->
          place(Masking.of((float) config.number("mask_value", 0)).named(entry.name()), entry);
      case "Flatten" -> place(Flatten.of().named(entry.name()), entry);
      case "Reshape" -> place(Reshape.of(config.axes("target_shape")).named(entry.name()), entry);
      case "Permute" -> place(Permute.of(config.axes("dims")).named(entry.name()), entry);
      case "Dropout" -> {
        double rate = config.number(either(config, "rate", "p"), 0);
        place(Dropout.of(rate).named(entry.name()), entry);
      }
      case "SpatialDropout1D", "GaussianDropout", "GaussianNoise", "ActivityRegularization" -> {
        // These only act in training.
      }
      default -> throw KerasErrors.layerKind(file, config.where(), entry.kind(), KINDS);
    }
  }

  private void place(Layer layer, Entry entry) {
    placed.add(new Placed(layer, entry));
  }

  private JsonObject inner(JsonObject wrapper, String kind) {
    JsonObject layer = wrapper.object("layer", wrapper.where());
    String got = layer.string("class_name");
    if (!got.equals(kind)) {
      throw KerasErrors.layerKind(file, wrapper.where() + ", layer", got, List.of(kind));
    }
    return layer.object("config", wrapper.where() + ", layer");
  }

  private Lstm lstm(JsonObject config, String name, String kind) {
    for (String setting : List.of("stateful", "return_state", "time_major")) {
      refuse(config, setting);
    }
    boolean onGpu = kind.equals("CuDNNLSTM");
    // Before 2.3 the gates were hard unless told otherwise, save on a GPU.
    String gates = onGpu || version.isFrom(2, 3) ? "sigmoid" : "hard_sigmoid";
    boolean forget = config.string("forget_bias_init", "one").equals("one");
    return Lstm.builder(units(config, Integer.MAX_VALUE / 4))
        .activation(activation(config, "activation", "tanh"))
        .recurrentActivation(
            activation(config, either(config, "recurrent_activation", "inner_activation"), gates))
        .useBias(config.bool("use_bias", true))
        .unitForgetBias(config.bool("unit_forget_bias", forget))
        .returnSequences(config.bool("return_sequences", false))
        .goBackwards(config.bool("go_backwards", false))
        .zeroOutputForMask(config.bool("zero_output_for_mask", false))
        .name(name)
        .build();
  }

  private Bidirectional bidirectional(JsonObject config) {
    String kind = config.object("layer", config.where()).string("class_name");
    Lstm forward = lstm(inner(config, kind.equals("CuDNNLSTM") ? kind : "LSTM"), "", kind);
    if (config.has("backward_layer")) {
      JsonObject other = config.object("backward_layer", config.where());
      String where = config.where() + ", backward_layer";
      Lstm backward = lstm(other.object("config", where), "", kind);
      if (!alike(forward, backward)) {
        throw KerasErrors.backwardLayer(file, where);
      }
    }
    String merge = config.has("merge_mode") ? config.string("merge_mode") : "null";
    return Bidirectional.of(
        forward,
        switch (config.names().contains("merge_mode") ? merge : "concat") {
          case "concat" -> Bidirectional.Merge.CONCAT;
          case "sum" -> Bidirectional.Merge.SUM;
          case "mul" -> Bidirectional.Merge.MULTIPLY;
          case "ave" -> Bidirectional.Merge.AVERAGE;
          default ->
              throw KerasErrors.choice(
                  file,
                  config.where(),
                  "merge_mode",
                  merge,
                  List.of("concat", "sum", "mul", "ave"));
        });
  }

  private static boolean alike(Lstm forward, Lstm backward) {
    return forward.units() == backward.units()
        && forward.activation() == backward.activation()
        && forward.recurrentActivation() == backward.recurrentActivation()
        && forward.useBias() == backward.useBias()
        && forward.returnSequences() == backward.returnSequences()
        && forward.goBackwards() != backward.goBackwards();
  }

  private Embedding embedding(JsonObject config, String name) {
    int vocabulary = (int) config.integer("input_dim", 1, Integer.MAX_VALUE);
    int dimension = (int) config.integer("output_dim", 1, Integer.MAX_VALUE);
    int length = config.has("input_length") ? config.single("input_length") : model.timesteps(0);
    return Embedding.builder(vocabulary, dimension)
        .maskZero(config.bool("mask_zero", false))
        .trainable(config.bool("trainable", true))
        .inputLength(length)
        .name(name)
        .build();
  }

  private Conv1d conv1d(JsonObject config, String name) {
    if (config.single("groups") != 1) {
      throw KerasErrors.choice(
          file, config.where(), "groups", Integer.toString(config.single("groups")), List.of("1"));
    }
    String padding = config.string(either(config, "padding", "border_mode"), "valid");
    String format = config.string("data_format", "channels_last");
    return Conv1d.builder(
            config.single(either(config, "filters", "nb_filter")),
            config.single(either(config, "kernel_size", "filter_length")))
        .strides(config.single(either(config, "strides", "subsample_length")))
        .dilation(config.single("dilation_rate"))
        .padding(
            switch (padding) {
              case "valid" -> Conv1d.Padding.VALID;
              case "same" -> Conv1d.Padding.SAME;
              case "causal" -> Conv1d.Padding.CAUSAL;
              default ->
                  throw KerasErrors.choice(
                      file, config.where(), "padding", padding, List.of("valid", "same", "causal"));
            })
        .channels(format.equals("channels_first") ? Conv1d.Channels.FIRST : Conv1d.Channels.LAST)
        .activation(activation(config, "activation", "linear"))
        .useBias(config.bool(either(config, "use_bias", "bias"), true))
        .name(name)
        .build();
  }

  /** A softmax is a layer of its own here. */
  private void placeDense(JsonObject config, Entry entry) {
    boolean softmax = activationName(config, "activation", "linear").equals(SOFTMAX);
    place(dense(config, entry.name(), softmax), entry);
    if (softmax) {
      place(Softmax.of().named(entry.name() + "_" + SOFTMAX), entry);
    }
  }

  private Dense dense(JsonObject config, String name, boolean linear) {
    return Dense.builder(units(config, Integer.MAX_VALUE))
        .activation(linear ? Activation.LINEAR : activation(config, "activation", "linear"))
        .useBias(config.bool(either(config, "use_bias", "bias"), true))
        .name(name)
        .build();
  }

  /** An Activation layer has no counterpart: it is the activation of the Dense before it. */
  private void activate(JsonObject config, Entry entry) {
    if (activationName(config, "activation", "linear").equals(SOFTMAX)) {
      place(Softmax.of().named(entry.name()), entry);
      return;
    }
    Activation activation = activation(config, "activation", "linear");
    if (activation == Activation.LINEAR) {
      return;
    }
    if (!placed.isEmpty()
        && placed.getLast().layer() instanceof Dense dense
        && dense.activation() == Activation.LINEAR) {
      Entry owner = placed.removeLast().entry();
      place(dense.toBuilder().activation(activation).build(), owner);
      return;
    }
    throw KerasErrors.looseActivation(file, config.where(), name(activation));
  }

  private void refuse(JsonObject config, String setting) {
    if (config.bool(setting, false)) {
      throw KerasErrors.setting(file, config.where(), setting);
    }
  }

  /** The newer name, unless only the name of Keras 1 is there. */
  private static String either(JsonObject config, String name, String old) {
    return !config.has(name) && config.has(old) ? old : name;
  }

  private static int units(JsonObject config, int most) {
    return (int) config.integer(either(config, "units", "output_dim"), 1, most);
  }

  private Activation activation(JsonObject config, String key, String absent) {
    if (config.names().contains(key) && !config.has(key)) {
      return Activation.LINEAR; // null
    }
    String name = activationName(config, key, absent);
    if (name.equals("hard_sigmoid")) {
      return version.isFrom(3, 0) ? Activation.HARD_SIGMOID : Activation.HARD_SIGMOID_CLASSIC;
    }
    for (Activation activation : Activation.values()) {
      if (name(activation).equals(name) && activation != Activation.HARD_SIGMOID_CLASSIC) {
        return activation;
      }
    }
    List<String> known =
        Arrays.stream(Activation.values())
            .filter(activation -> activation != Activation.HARD_SIGMOID_CLASSIC)
            .map(KerasLayers::name)
            .toList();
    throw KerasErrors.choice(file, config.where(), key, name, known);
  }

  private static String activationName(JsonObject config, String key, String absent) {
    if (!config.has(key)) {
      return absent;
    }
    // Keras 3 may write {"class_name": "function", "config": "tanh"}.
    return config.member(key) instanceof Map<?, ?>
        ? config.object(key, config.where() + ", " + key).string("config")
        : config.string(key);
  }

  private static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }
}
