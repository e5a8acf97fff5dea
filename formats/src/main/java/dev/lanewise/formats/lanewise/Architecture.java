package dev.lanewise.formats.lanewise;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.json.Jackson;
import dev.lanewise.formats.json.Json;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.formats.models.PlannedModel;
import dev.lanewise.formats.safetensors.NamedTensors;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** The layers of a model as JSON, and back: see {@link ModelFile}. */
public final class Architecture {
  private static final String VERSION = "version";
  private static final long CHAIN = 1;
  private static final long GRAPH = 2;
  private static final String FEATURES = "features";
  private static final String TIMESTEPS = "timesteps";
  private static final String LAYERS = "layers";

  private final Path file;
  private final String where;
  private final NamedTensors tensors;

  private final Consumer<Map<String, Shape>> check;

  private Architecture(
      Path file, String where, NamedTensors tensors, Consumer<Map<String, Shape>> check) {
    this.file = file;
    this.where = where;
    this.tensors = tensors;
    this.check = check;
  }

  public static String write(Model model) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Jackson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      if (model instanceof Sequential chain) {
        writeChain(json, chain);
      } else {
        writeGraph(json, model);
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void writeChain(JsonGenerator json, Sequential model) {
    json.writeNumberProperty(VERSION, CHAIN);
    json.writeNumberProperty(FEATURES, model.features());
    if (model.timesteps() > 0) {
      json.writeNumberProperty(TIMESTEPS, model.timesteps());
    }
    writeLayers(json, model);
  }

  private static void writeGraph(JsonGenerator json, Model model) {
    GraphWriter writer = new GraphWriter(json, model);
    json.writeNumberProperty(VERSION, GRAPH);
    writer.writeInputs();
    writeLayers(json, model);
    writer.writeCalls();
    writer.writeOutputs();
  }

  private static void writeLayers(JsonGenerator json, Model model) {
    json.writeArrayPropertyStart(LAYERS);
    model.layers().forEach(layer -> new LayerWriter(json).write(layer));
    json.writeEndArray();
  }

  /**
   * The model, not built: every weight is one of the tensors, of the same shape, and none is left
   * over.
   *
   * @param file that holds the text, which may be another than that of the tensors
   * @param where names the text in errors
   */
  public static PlannedModel read(String text, Path file, String where, NamedTensors tensors) {
    return new Architecture(file, where, tensors, shapes -> requireWeights(tensors, shapes))
        .read(text);
  }

  /**
   * The model, not built, of layers whose weights have no tensors of their names.
   *
   * @param file that holds the text
   * @param check takes the shapes of the weights, by name
   */
  public static PlannedModel read(String text, Path file, Consumer<Map<String, Shape>> check) {
    NamedTensors none = new NamedTensors(file, Map.of(), _ -> Tensor.zeros(0));
    return new Architecture(file, "", none, check).read(text);
  }

  private PlannedModel read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonObject root = JsonObject.of(Json.parse(bytes, file, where, -1), file, where);
    long version = root.integer(VERSION, 0, Long.MAX_VALUE);
    if (version != CHAIN && version != GRAPH) {
      throw LanewiseErrors.architectureVersion(file, where, CHAIN + " or " + GRAPH, version);
    }
    return version == CHAIN ? readChain(root) : readGraph(root);
  }

  private PlannedModel readChain(JsonObject root) {
    root.allowOnly(VERSION, FEATURES, TIMESTEPS, LAYERS);
    int features = (int) root.integer(FEATURES, 1, Integer.MAX_VALUE);
    int timesteps = root.has(TIMESTEPS) ? (int) root.integer(TIMESTEPS, 1, Integer.MAX_VALUE) : 0;
    List<Layer> layers = layers(root.objects(LAYERS));
    return checked(() -> new PlannedModel(Sequential.of(layers), timesteps, features));
  }

  private PlannedModel readGraph(JsonObject root) {
    root.allowOnly(VERSION, GraphWriter.INPUTS, LAYERS, GraphWriter.CALLS, GraphWriter.OUTPUTS);
    GraphReader reader = new GraphReader(file, root, layers(root.objects(LAYERS)));
    return checked(() -> PlannedModel.of(reader.read()));
  }

  private PlannedModel checked(Supplier<PlannedModel> model) {
    return ModelSizes.guarded(
        file,
        where,
        () -> {
          PlannedModel planned = model.get();
          check.accept(planned.shapes());
          return planned;
        });
  }

  private List<Layer> layers(List<JsonObject> objects) {
    ModelSizes.requireLayers(file, where, objects.size());
    List<Layer> layers = new ArrayList<>();
    for (JsonObject layer : objects) {
      layers.add(new LayerReader(file, layer, tensors).read());
    }
    return layers;
  }

  /** Refuses tensors that are not exactly the expected ones. */
  private static void requireWeights(NamedTensors tensors, Map<String, Shape> expected) {
    expected.forEach(
        (name, shape) -> {
          Shape got = tensors.shape(name);
          if (!got.equals(shape)) {
            throw LanewiseErrors.weightShape(tensors.file(), name, shape, got);
          }
        });
    for (String name : tensors.shapes().keySet()) {
      if (!expected.containsKey(name)) {
        throw LanewiseErrors.weightUnknown(tensors.file(), name, expected.keySet());
      }
    }
  }
}
