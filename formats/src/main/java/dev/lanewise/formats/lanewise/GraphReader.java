package dev.lanewise.formats.lanewise;

import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls the layers of a graph that {@link GraphWriter} wrote, one after the other. For one use. */
final class GraphReader {
  private final Path file;
  private final JsonObject root;
  private final Map<String, Layer> layers = new HashMap<>();
  private final List<Value> values = new ArrayList<>();
  private int reads;

  GraphReader(Path file, JsonObject root, List<Layer> layers) {
    this.file = file;
    this.root = root;
    Set<String> names = new HashSet<>();
    List<JsonObject> objects = root.objects("layers");
    for (int i = 0; i < layers.size(); i++) {
      requireNew(objects.get(i), names);
      this.layers.put(layers.get(i).name(), layers.get(i));
    }
  }

  /** The model, not built. What the library refuses is thrown as it says it. */
  Model read() {
    List<Value> inputs = inputs(objects(GraphWriter.INPUTS));
    values.addAll(inputs);
    List<JsonObject> calls = objects(GraphWriter.CALLS);
    Set<String> called = new HashSet<>();
    for (JsonObject call : calls) {
      call.allowOnly(GraphWriter.LAYER, GraphWriter.IN, GraphWriter.FROM);
      Layer layer = layer(call);
      called.add(layer.name());
      List<Value> gives = ModelSizes.guarded(file, call.where(), () -> call(layer, call));
      values.addAll(gives);
    }
    for (JsonObject layer : root.objects("layers")) {
      if (!called.contains(layer.string(GraphWriter.NAME))) {
        throw LanewiseErrors.notCalled(layer);
      }
    }
    Model model = Model.of(inputs, outputs(objects(GraphWriter.OUTPUTS)));
    if (model.calls().size() < calls.size()) {
      throw LanewiseErrors.leadsNowhere(root, calls.size(), model.calls().size());
    }
    return model;
  }

  private List<JsonObject> objects(String name) {
    List<JsonObject> objects = root.objects(name);
    if (objects.isEmpty() || objects.size() > ModelSizes.MOST_LAYERS) {
      throw LanewiseErrors.count(root, name, ModelSizes.MOST_LAYERS, objects.size());
    }
    return objects;
  }

  private static void requireNew(JsonObject named, Set<String> names) {
    String name = named.string(GraphWriter.NAME);
    if (name.isEmpty()) {
      throw LanewiseErrors.noName(named);
    }
    if (!names.add(name)) {
      throw LanewiseErrors.nameTwice(named, name);
    }
  }

  private static List<Value> inputs(List<JsonObject> objects) {
    Set<String> names = new HashSet<>();
    List<Value> inputs = new ArrayList<>();
    for (JsonObject input : objects) {
      requireNew(input, names);
      inputs.add(input(input));
    }
    return inputs;
  }

  private static Value input(JsonObject json) {
    String name = json.string(GraphWriter.NAME);
    return switch (json.word(GraphWriter.KIND, InputKind.class)) {
      case SEQUENCES -> {
        json.allowOnly(
            GraphWriter.NAME, GraphWriter.KIND, GraphWriter.TIMESTEPS, GraphWriter.FEATURES);
        int features = length(json, GraphWriter.FEATURES);
        yield json.has(GraphWriter.TIMESTEPS)
            ? Input.sequences(name, length(json, GraphWriter.TIMESTEPS), features)
            : Input.sequences(name, features);
      }
      case ROWS -> {
        json.allowOnly(GraphWriter.NAME, GraphWriter.KIND, GraphWriter.FEATURES);
        yield Input.rows(name, length(json, GraphWriter.FEATURES));
      }
      case IDS -> {
        json.allowOnly(GraphWriter.NAME, GraphWriter.KIND, GraphWriter.TIMESTEPS);
        yield json.has(GraphWriter.TIMESTEPS)
            ? Input.ids(name, length(json, GraphWriter.TIMESTEPS))
            : Input.ids(name);
      }
    };
  }

  private static int length(JsonObject json, String name) {
    return (int) json.integer(name, 1, Integer.MAX_VALUE);
  }

  private Layer layer(JsonObject call) {
    String name = call.string(GraphWriter.LAYER);
    Layer layer = layers.get(name);
    if (layer == null) {
      throw LanewiseErrors.layerUnknown(call, name, layers.keySet());
    }
    return layer;
  }

  /** What a call gives: its output, then the states after it, h before c. */
  private List<Value> call(Layer layer, JsonObject call) {
    List<Value> in = values(call, GraphWriter.IN);
    List<Value> from = call.has(GraphWriter.FROM) ? values(call, GraphWriter.FROM) : List.of();
    int h = layer.stateUnits().size();
    int states = h + layer.cellUnits().size();
    if (call.has(GraphWriter.FROM) && from.size() != states) {
      throw LanewiseErrors.states(call, layer.name(), states, from.size());
    }
    if (states == 0 || in.size() != 1) { // several, or none, are refused there
      return List.of(layer.apply(in.toArray(Value[]::new)));
    }
    ValueWithStates given =
        from.isEmpty()
            ? layer.applyWithState(in.getFirst())
            : layer.applyWithState(
                in.getFirst(), new States(from.subList(0, h), from.subList(h, states)));
    List<Value> all = new ArrayList<>(List.of(given.y()));
    all.addAll(given.states().h());
    all.addAll(given.states().c());
    return all;
  }

  private List<Value> values(JsonObject call, String name) {
    List<Value> all = new ArrayList<>();
    for (long number : call.longs(name)) {
      all.add(value(call, name, number));
    }
    reads += all.size();
    if (reads > ModelSizes.MOST_READS) {
      throw LanewiseErrors.reads(call, ModelSizes.MOST_READS);
    }
    return all;
  }

  private Value value(JsonObject json, String name, long number) {
    if (number >= values.size()) {
      throw LanewiseErrors.value(json, name, values.size() - 1, number);
    }
    return values.get((int) number);
  }

  private List<Value> outputs(List<JsonObject> objects) {
    Set<String> names = new HashSet<>();
    List<Value> outputs = new ArrayList<>();
    for (JsonObject output : objects) {
      output.allowOnly(GraphWriter.NAME, GraphWriter.VALUE);
      requireNew(output, names);
      long number = output.integer(GraphWriter.VALUE, 0, Integer.MAX_VALUE);
      Value value = value(output, GraphWriter.VALUE, number);
      String name = output.string(GraphWriter.NAME);
      outputs.add(ModelSizes.guarded(file, output.where(), () -> value.named(name)));
    }
    return outputs;
  }
}
