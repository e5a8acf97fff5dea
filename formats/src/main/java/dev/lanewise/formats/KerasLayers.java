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
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Softmax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keras's layers as this library's, with the defaults of the version that wrote them. */
final class KerasLayers {
  /** A layer, what it was, and how its arrays become its weights. */
  record Placed(Layer layer, Entry entry, KerasArrays arrays) {}

  private static final String LAST = "last";
  private static final String TIME = "time";

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
          "RepeatVector",
          "Dropout",
          "Softmax",
          "Activation after a Dense");

  private final Path file;
  private final KerasConfig model;
  private final KerasVersion version;
  private final KerasLstms lstms;
  private final List<Placed> placed = new ArrayList<>();
  private boolean time; // whether what comes next has a time axis
  private @Nullable Dense open; // the last layer, where it can take over an activation

  private KerasLayers(KerasConfig config) {
    this.model = config;
    this.file = config.file();
    this.version = config.version();
    this.lstms = new KerasLstms(version);
    this.time = config.input() == null || config.input().size() != 1 || beginsWithIds(config);
  }

  private static boolean beginsWithIds(KerasConfig config) {
    return !config.layers().isEmpty() && config.layers().getFirst().kind().equals("Embedding");
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
      case "LSTM", "CuDNNLSTM" -> {
        Lstm lstm = lstms.lstm(config, entry.name(), entry.kind());
        place(lstm, entry, new KerasLstmArrays(lstm.units()));
      }
      case "Dense", "TimeDistributedDense" -> placeDense(config, entry);
      case "TimeDistributed" -> {
        JsonObject dense = inner(config, "layer", "Dense");
        placeDense(dense, entry);
        KerasSettings.requireRead(dense, "Dense");
      }
      case "Softmax" -> place(softmax(config).named(entry.name()), entry);
      case "Activation" -> activate(config, entry);
      case "Bidirectional" -> {
        Bidirectional both = lstms.bidirectional(config).named(entry.name());
        KerasArrays each = new KerasLstmArrays(both.layer().units());
        place(both, entry, new KerasArrays.Halves(each));
      }
      case "Embedding" -> place(embedding(config, entry.name()), entry);
      case "Conv1D", "Convolution1D" ->
          place(conv1d(config, entry.name()), entry, new KerasArrays.Squeezed());
      case "Masking" ->
          place(Masking.of((float) config.number("mask_value", 0)).named(entry.name()), entry);
      case "Flatten" -> placeFlatten(config, entry);
      case "Reshape" -> place(Reshape.of(config.axes("target_shape")).named(entry.name()), entry);
      case "RepeatVector" -> {
        int n = (int) config.integer("n", 1, Integer.MAX_VALUE);
        place(RepeatVector.of(n).named(entry.name()), entry);
      }
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
    KerasSettings.requireRead(config, entry.kind());
  }

  private void place(Layer layer, Entry entry) {
    place(layer, entry, new KerasArrays.AsTheyAre());
  }

  private void place(Layer layer, Entry entry, KerasArrays arrays) {
    placed.add(new Placed(layer, entry, arrays));
    time = layer.givesTime(time);
    open = null;
  }

  /** The settings of a layer within a layer, which must be of that kind. */
  static JsonObject inner(JsonObject wrapper, String member, String kind) {
    String where = wrapper.where() + ", " + member;
    JsonObject layer = wrapper.object(member, where);
    String got = layer.string("class_name");
    if (!got.equals(kind)) {
      throw KerasErrors.layerKind(wrapper.file(), where, got, List.of(kind));
    }
    return KerasEntries.config(layer, where);
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
        .channels(isChannelsFirst(config) ? Conv1d.Channels.FIRST : Conv1d.Channels.LAST)
        .activation(KerasActivations.of(config, "activation", "linear", version))
        .useBias(config.bool(either(config, "use_bias", "bias"), true))
        .name(name)
        .build();
  }

  private Softmax softmax(JsonObject config) {
    Object given = config.has("axis") ? config.member("axis") : "-1";
    List<?> all = given instanceof List<?> list ? list : List.of(given);
    Set<String> axes = new TreeSet<>();
    for (Object axis : all) {
      axes.add(
          switch (axis.toString()) {
            case "-1" -> LAST;
            case "2" -> time ? LAST : "2";
            case "1" -> time ? TIME : LAST;
            case "-2" -> time ? TIME : "-2";
            default -> axis.toString();
          });
    }
    if (axes.equals(Set.of(LAST))) {
      return Softmax.of();
    }
    if (axes.equals(Set.of(TIME))) {
      return Softmax.of(Softmax.Axis.TIMESTEPS);
    }
    if (axes.equals(Set.of(LAST, TIME))) {
      return Softmax.of(Softmax.Axis.SAMPLE);
    }
    throw KerasConfigErrors.softmaxAxis(config, given.toString(), time);
  }

  /** Keras flattens what has its channels first as if they were last. */
  private void placeFlatten(JsonObject config, Entry entry) {
    if (isChannelsFirst(config) && time) {
      place(Permute.of(2, 1).named(entry.name() + "_permute"), entry);
    }
    place(Flatten.of().named(entry.name()), entry);
  }

  private boolean isChannelsFirst(JsonObject config) {
    String format = config.string("data_format", "channels_last");
    if (!format.equals("channels_first") && !format.equals("channels_last")) {
      throw KerasErrors.choice(
          file, config.where(), "data_format", format, List.of("channels_last", "channels_first"));
    }
    return format.equals("channels_first");
  }

  /** A softmax is a layer of its own here. */
  private void placeDense(JsonObject config, Entry entry) {
    boolean softmax =
        KerasActivations.name(config, "activation", "linear").equals(KerasActivations.SOFTMAX);
    Dense dense = dense(config, entry.name(), softmax);
    place(dense, entry);
    if (softmax) {
      place(Softmax.of().named(entry.name() + "_" + KerasActivations.SOFTMAX), entry);
    } else if (dense.activation() == Activation.LINEAR) {
      open = dense;
    }
  }

  private Dense dense(JsonObject config, String name, boolean linear) {
    return Dense.builder(units(config, Integer.MAX_VALUE))
        .activation(
            linear
                ? Activation.LINEAR
                : KerasActivations.of(config, "activation", "linear", version))
        .useBias(config.bool(either(config, "use_bias", "bias"), true))
        .name(name)
        .build();
  }

  /** An Activation layer has no counterpart: it is the activation of the Dense before it. */
  private void activate(JsonObject config, Entry entry) {
    if (KerasActivations.name(config, "activation", "linear").equals(KerasActivations.SOFTMAX)) {
      place(Softmax.of().named(entry.name()), entry);
      return;
    }
    Activation activation = KerasActivations.of(config, "activation", "linear", version);
    if (activation == Activation.LINEAR) {
      return;
    }
    Dense dense = open;
    if (dense != null) {
      Entry owner = placed.removeLast().entry();
      place(dense.toBuilder().activation(activation).build(), owner);
      return;
    }
    throw KerasErrors.looseActivation(file, config.where(), KerasActivations.name(activation));
  }

  /** The newer name, unless only the name of Keras 1 is there. */
  static String either(JsonObject config, String name, String old) {
    return !config.has(name) && config.has(old) ? old : name;
  }

  static int units(JsonObject config, int most) {
    return (int) config.integer(either(config, "units", "output_dim"), 1, most);
  }
}
