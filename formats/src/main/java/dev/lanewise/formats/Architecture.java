package dev.lanewise.formats;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The layers of a model as JSON, and back: see {@link ModelFile}. */
final class Architecture {
  private static final long VERSION = 1;

  private final Path file;
  private final SafeTensors tensors;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Shape> weights = new LinkedHashMap<>();
  private long width;

  private Architecture(Path file, SafeTensors tensors, long features) {
    this.file = file;
    this.tensors = tensors;
    this.width = features;
  }

  static String write(Sequential model) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("version", VERSION);
      json.writeNumberProperty("features", model.features());
      json.writeArrayPropertyStart("layers");
      model.layers().forEach(layer -> write(json, layer));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Layer layer) {
    json.writeStartObject();
    json.writeStringProperty("type", layer.getClass().getSimpleName());
    json.writeStringProperty("name", layer.name());
    switch (layer) {
      case Lstm lstm -> {
        json.writeNumberProperty("units", lstm.units());
        json.writeStringProperty("activation", name(lstm.activation()));
        json.writeStringProperty("recurrentActivation", name(lstm.recurrentActivation()));
        json.writeBooleanProperty("useBias", lstm.useBias());
        json.writeBooleanProperty("unitForgetBias", lstm.unitForgetBias());
        json.writeBooleanProperty("returnSequences", lstm.returnSequences());
        json.writeBooleanProperty("goBackwards", lstm.goBackwards());
      }
      case Dense dense -> {
        json.writeNumberProperty("units", dense.units());
        json.writeStringProperty("activation", name(dense.activation()));
        json.writeBooleanProperty("useBias", dense.useBias());
      }
      // The numbers themselves are the weights mean and deviation.
      case Normalization normalization ->
          json.writeBooleanProperty("inverse", normalization.isInverse());
    }
    json.writeEndObject();
  }

  private static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The model, built with the value 0: every weight is one of the tensors, of the same shape, and
   * none is left over.
   *
   * @param where names the text in errors
   */
  static Sequential read(String text, Path file, String where, SafeTensors tensors) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonObject root = JsonObject.of(Json.parse(bytes, file, where, -1), file, where);
    long version = root.integer("version", 0, Long.MAX_VALUE);
    if (version != VERSION) {
      throw FormatErrors.architectureVersion(file, where, VERSION, version);
    }
    root.allowOnly("version", "features", "layers");
    long features = root.integer("features", 1, Integer.MAX_VALUE);
    Architecture architecture = new Architecture(file, tensors, features);
    root.objects("layers").forEach(architecture::add);
    ModelFile.requireWeights(file, tensors, architecture.weights);
    try {
      return Sequential.of(architecture.layers).buildZeros((int) features);
    } catch (IllegalArgumentException e) {
      throw FormatErrors.modelRefused(file, where, e);
    }
  }

  private void add(JsonObject layer) {
    String type = layer.string("type");
    String name = layer.string("name");
    if (name.isEmpty()) {
      throw FormatErrors.jsonType(file, layer.where(), "a name that is not empty", name);
    }
    switch (type) {
      case "Lstm" -> lstm(layer, name);
      case "Dense" -> dense(layer, name);
      case "Normalization" -> normalization(layer, name);
      default ->
          throw FormatErrors.layerType(
              file, layer.where(), type, List.of("Lstm", "Dense", "Normalization"));
    }
  }

  private void lstm(JsonObject layer, String name) {
    layer.allowOnly(
        "type",
        "name",
        "units",
        "activation",
        "recurrentActivation",
        "useBias",
        "unitForgetBias",
        "returnSequences",
        "goBackwards");
    int units = (int) layer.integer("units", 1, Integer.MAX_VALUE / 4);
    Lstm lstm =
        Lstm.builder(units)
            .name(name)
            .activation(activation(layer, "activation"))
            .recurrentActivation(activation(layer, "recurrentActivation"))
            .useBias(layer.bool("useBias"))
            .unitForgetBias(layer.bool("unitForgetBias"))
            .returnSequences(layer.bool("returnSequences"))
            .goBackwards(layer.bool("goBackwards"))
            .build();
    weights.put(name + "/kernel", Shape.of(width, 4L * units));
    weights.put(name + "/recurrent_kernel", Shape.of(units, 4L * units));
    if (lstm.useBias()) {
      weights.put(name + "/bias", Shape.of(4L * units));
    }
    width = units;
    layers.add(lstm);
  }

  private void dense(JsonObject layer, String name) {
    layer.allowOnly("type", "name", "units", "activation", "useBias");
    int units = (int) layer.integer("units", 1, Integer.MAX_VALUE);
    Dense dense =
        Dense.builder(units)
            .name(name)
            .activation(activation(layer, "activation"))
            .useBias(layer.bool("useBias"))
            .build();
    weights.put(name + "/kernel", Shape.of(width, units));
    if (dense.useBias()) {
      weights.put(name + "/bias", Shape.of(units));
    }
    width = units;
    layers.add(dense);
  }

  private void normalization(JsonObject layer, String name) {
    layer.allowOnly("type", "name", "inverse");
    Tensor mean = tensors.tensor(name + "/mean");
    Tensor deviation = tensors.tensor(name + "/deviation");
    try {
      Normalization normalization =
          layer.bool("inverse")
              ? Normalization.inverse(mean.toArray(), deviation.toArray())
              : Normalization.of(mean.toArray(), deviation.toArray());
      layers.add(normalization.named(name));
    } catch (IllegalArgumentException e) {
      throw FormatErrors.modelRefused(file, layer.where(), e);
    }
    weights.put(name + "/mean", Shape.of(width));
    weights.put(name + "/deviation", Shape.of(width));
  }

  private Activation activation(JsonObject layer, String key) {
    String name = layer.string(key);
    for (Activation activation : Activation.values()) {
      if (name(activation).equals(name)) {
        return activation;
      }
    }
    throw FormatErrors.activation(file, layer.where(), name, Activation.values());
  }
}
