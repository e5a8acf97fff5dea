package dev.lanewise.formats;

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
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a layer that {@link LayerWriter} wrote. */
final class LayerReader {
  private static final List<String> TYPES =
      List.of(
          "Lstm",
          "Dense",
          "Embedding",
          "Conv1d",
          "Bidirectional",
          "Masking",
          "Dropout",
          "Flatten",
          "Reshape",
          "Permute",
          "Softmax",
          "Normalization");

  private static final Set<Object> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private final Path file;
  private final JsonObject json;
  private final SafeTensors tensors;

  LayerReader(Path file, JsonObject json, SafeTensors tensors) {
    this.file = file;
    this.json = json;
    this.tensors = tensors;
  }

  Layer read() {
    String type = json.string("type");
    String name = json.string("name");
    if (name.isEmpty()) {
      throw FormatErrors.jsonType(file, json.where(), "a name that is not empty", name);
    }
    return ModelSizes.guarded(file, json.where(), () -> layer(type, name).named(name));
  }

  private Layer layer(String type, String name) {
    return switch (type) {
      case "Lstm" -> lstm();
      case "Dense" -> dense();
      case "Embedding" -> embedding();
      case "Conv1d" -> convolution();
      case "Bidirectional" -> bidirectional();
      case "Masking" -> {
        allow("value");
        yield Masking.of(padding());
      }
      case "Dropout" -> {
        allow("rate");
        yield Dropout.of(json.number("rate", 0));
      }
      case "Flatten" -> {
        allow();
        yield Flatten.of();
      }
      case "Softmax" -> {
        allow("axis");
        yield json.has("axis") ? Softmax.of(constant("axis", Softmax.Axis.values())) : Softmax.of();
      }
      case "Reshape" -> {
        allow("dims");
        yield Reshape.of(json.axes("dims"));
      }
      case "Permute" -> {
        allow("axes");
        yield Permute.of(json.axes("axes"));
      }
      case "Normalization" -> normalization(name);
      default -> throw FormatErrors.layerType(file, json.where(), type, TYPES);
    };
  }

  private void allow(String... settings) {
    List<String> all = new ArrayList<>(List.of("type", "name"));
    all.addAll(List.of(settings));
    json.allowOnly(all.toArray(String[]::new));
  }

  /** What a Masking looks for: a number, or the name of one that JSON does not have. */
  private float padding() {
    boolean named = json.has("value") && NOT_FINITE.contains(json.member("value"));
    return named ? Float.parseFloat(json.string("value")) : (float) json.number("value", 0);
  }

  private int positive(String name) {
    return (int) json.integer(name, 1, Integer.MAX_VALUE);
  }

  private Lstm lstm() {
    allow(
        "units",
        "activation",
        "recurrentActivation",
        "useBias",
        "unitForgetBias",
        "returnSequences",
        "goBackwards",
        "zeroOutputForMask");
    return Lstm.builder((int) json.integer("units", 1, Integer.MAX_VALUE / 4))
        .activation(activation("activation"))
        .recurrentActivation(activation("recurrentActivation"))
        .useBias(json.bool("useBias"))
        .unitForgetBias(json.bool("unitForgetBias"))
        .returnSequences(json.bool("returnSequences"))
        .goBackwards(json.bool("goBackwards"))
        .zeroOutputForMask(json.has("zeroOutputForMask") && json.bool("zeroOutputForMask"))
        .build();
  }

  private Dense dense() {
    allow("units", "activation", "useBias");
    return Dense.builder(positive("units"))
        .activation(activation("activation"))
        .useBias(json.bool("useBias"))
        .build();
  }

  private Embedding embedding() {
    allow("vocabulary", "dimension", "maskZero", "trainable", "inputLength");
    return Embedding.builder(positive("vocabulary"), positive("dimension"))
        .maskZero(json.bool("maskZero"))
        .trainable(json.bool("trainable"))
        .inputLength((int) json.integer("inputLength", 0, Integer.MAX_VALUE))
        .build();
  }

  private Conv1d convolution() {
    allow(
        "filters",
        "kernelSize",
        "strides",
        "dilation",
        "padding",
        "channels",
        "activation",
        "useBias");
    return Conv1d.builder(positive("filters"), positive("kernelSize"))
        .strides(positive("strides"))
        .dilation(positive("dilation"))
        .padding(constant("padding", Conv1d.Padding.values()))
        .channels(constant("channels", Conv1d.Channels.values()))
        .activation(activation("activation"))
        .useBias(json.bool("useBias"))
        .build();
  }

  private Bidirectional bidirectional() {
    allow("merge", "layer");
    String inner = json.where() + ", layer";
    JsonObject object = json.object("layer", inner);
    if (!object.string("type").equals("Lstm")) {
      throw FormatErrors.layerType(file, inner, object.string("type"), List.of("Lstm"));
    }
    Lstm lstm = new LayerReader(file, object, tensors).lstm().named(object.string("name"));
    return Bidirectional.of(lstm, constant("merge", Bidirectional.Merge.values()));
  }

  private Normalization normalization(String name) {
    allow("inverse");
    Tensor mean = tensors.tensor(name + "/mean");
    Tensor deviation = tensors.tensor(name + "/deviation");
    return json.bool("inverse")
        ? Normalization.inverse(mean.toArray(), deviation.toArray())
        : Normalization.of(mean.toArray(), deviation.toArray());
  }

  private Activation activation(String key) {
    String name = json.string(key);
    for (Activation activation : Activation.values()) {
      if (LayerWriter.name(activation).equals(name)) {
        return activation;
      }
    }
    throw FormatErrors.activation(file, json.where(), name, Activation.values());
  }

  private <E extends Enum<E>> E constant(String key, E[] values) {
    String name = json.string(key);
    for (E value : values) {
      if (LayerWriter.name(value).equals(name)) {
        return value;
      }
    }
    List<String> known = new ArrayList<>();
    for (E value : values) {
      known.add(LayerWriter.name(value));
    }
    throw FormatErrors.jsonConstant(file, json.where(), key, name, known);
  }
}
