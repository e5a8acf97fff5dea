package dev.lanewise.formats;

import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Shape;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The layers of a model as JSON, and back: see {@link ModelFile}. */
final class Architecture {
  private static final long VERSION = 1;
  private static final String TIMESTEPS = "timesteps";

  private Architecture() {}

  static String write(Sequential model) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("version", VERSION);
      json.writeNumberProperty("features", model.features());
      if (model.timesteps() > 0) {
        json.writeNumberProperty(TIMESTEPS, model.timesteps());
      }
      json.writeArrayPropertyStart("layers");
      model.layers().forEach(layer -> new LayerWriter(json).write(layer));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  /**
   * The model, built with the value 0: every weight is one of the tensors, of the same shape, and
   * none is left over.
   *
   * @param where names the text in errors
   */
  static Sequential read(String text, Path file, String where, SafeTensors tensors) {
    return read(text, file, where, file, tensors);
  }

  /** As above, for text of another file than the weights. */
  static Sequential read(String text, Path file, String where, Path weights, SafeTensors tensors) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonObject root = JsonObject.of(Json.parse(bytes, file, where, -1), file, where);
    long version = root.integer("version", 0, Long.MAX_VALUE);
    if (version != VERSION) {
      throw FormatErrors.architectureVersion(file, where, VERSION, version);
    }
    root.allowOnly("version", "features", TIMESTEPS, "layers");
    int features = (int) root.integer("features", 1, Integer.MAX_VALUE);
    int timesteps = root.has(TIMESTEPS) ? (int) root.integer(TIMESTEPS, 1, Integer.MAX_VALUE) : 0;
    List<JsonObject> objects = root.objects("layers");
    ModelSizes.requireLayers(file, where, objects.size());
    List<Layer> layers = new ArrayList<>();
    for (JsonObject layer : objects) {
      layers.add(new LayerReader(file, layer, tensors).read());
    }
    return ModelSizes.guarded(
        file,
        where,
        () -> {
          Sequential model = Sequential.of(layers);
          Map<String, Shape> shapes = model.weightShapes(timesteps, features);
          ModelFile.requireWeights(weights, tensors, shapes);
          return ModelSizes.allocated(
              weights,
              ModelSizes.elements(shapes.values()),
              () -> build(model, timesteps, features));
        });
  }

  private static Sequential build(Sequential model, int timesteps, int features) {
    if (model.takesIds()) {
      return model.buildZeros();
    }
    return timesteps == 0 ? model.buildZeros(features) : model.buildZeros(timesteps, features);
  }
}
