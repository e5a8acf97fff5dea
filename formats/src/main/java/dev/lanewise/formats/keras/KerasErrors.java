package dev.lanewise.formats.keras;

import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;
import static dev.lanewise.formats.text.Phrases.start;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.Printable;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.formats.keras.KerasCall.Reference;
import dev.lanewise.formats.models.ForeignFile;
import dev.lanewise.formats.models.ModelErrors;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds the exceptions of Keras's files, and of what they say that the layers here cannot do. */
public final class KerasErrors {
  private static final int LONGEST_KIND = 60;

  private KerasErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static FormatException error(JsonObject at, String expected, String got, String remedy) {
    return error(at.file(), at.where(), expected, got, remedy);
  }

  static String layer(String where, String name, String kind) {
    String shown = Printable.of(kind, LONGEST_KIND);
    return (where.isEmpty() ? "" : where + ", ") + "layer " + quoted(name) + " (" + shown + ")";
  }

  public static FormatException notKeras(Path file, byte[] head) {
    String expected =
        "a Keras model: HDF5, which begins with the bytes 89 48 44 46, or a .keras archive, which"
            + " begins with 50 4b";
    ForeignFile known = ForeignFile.of(head);
    return known == null
        ? error(file, "", expected, start(head), "save the model in Keras with model.save")
        : ModelErrors.foreign(file, expected, known);
  }

  public static FormatException weightsOnly(Path file) {
    return error(
        file,
        "",
        "a whole model, with an attribute \"model_config\"",
        "only weights",
        "give the model's JSON too, from model.to_json(): KerasFile.load(weights, config), or --config");
  }

  public static FormatException noModel(Path file, List<String> names) {
    return error(
        file,
        "",
        "a Keras model, with an attribute \"model_config\"",
        names.isEmpty() ? "an HDF5 file with nothing in it" : "an HDF5 file of " + list(names),
        "save the model in Keras with model.save");
  }

  static FormatException noEntry(Path file, String name, List<String> names) {
    String expected = "a .keras archive, with " + quoted(name) + " in it";
    ForeignFile known = ForeignFile.ofArchive(names);
    if (known != null) {
      return ModelErrors.foreign(file, expected, known);
    }
    return error(
        file,
        "",
        expected,
        names.isEmpty() ? "an empty archive" : "an archive of " + list(names),
        "save the model in Keras with model.save");
  }

  static FormatException noWeights(Path file, List<String> names) {
    return error(
        file,
        "",
        "Keras weights, with an attribute \"layer_names\" or a group \"layers\"",
        names.isEmpty() ? "an HDF5 file with nothing in it" : "an HDF5 file of " + list(names),
        "save them in Keras with model.save_weights");
  }

  static FormatException modelKind(Path file, String where, String kind) {
    String remedy = "a class of one's own is code, which no file holds";
    return error(file, where, "a Sequential or Functional model", quoted(kind), remedy);
  }

  static FormatException noLayers(Path file, String where) {
    return error(file, where, "a model of one layer or more", "none", "");
  }

  static FormatException noFeatures(Path file, String where, String got) {
    return error(
        file,
        where,
        "the length of the input's last axis",
        got,
        "call the model on data, or give it an Input, before saving it");
  }

  static FormatException layerKind(Path file, String where, String kind, List<String> known) {
    String expected = "a layer of " + list(known);
    return error(file, where, expected, quoted(kind), "");
  }

  static FormatException choice(
      Path file, String where, String key, String name, List<String> known) {
    return error(file, where, "as " + quoted(key) + " one of " + list(known), quoted(name), "");
  }

  static FormatException backwardLayer(Path file, String where) {
    return error(file, where, "the settings of \"layer\" but go_backwards", "others", "");
  }

  static FormatException stepKind(Path file, String where, String kind, List<String> known) {
    String expected = "a layer of " + list(known);
    String remedy = "a step here is (batch, features), without inner steps";
    return error(file, where, expected, quoted(kind), remedy);
  }

  static FormatException layerCount(Path file, List<String> expected, List<String> got) {
    return error(
        file,
        "",
        "weights of " + plural(expected.size(), "layer") + ", as the model has: " + list(expected),
        got.size() + ": " + list(got),
        "the weights belong to another model");
  }

  static FormatException arrayCount(
      Path file, String layer, List<String> expected, List<String> got) {
    return error(
        file,
        "layer " + quoted(layer),
        plural(expected.size(), "array") + ": " + list(expected),
        got.isEmpty() ? "none" : got.size() + ": " + list(got),
        "the weights belong to another model");
  }

  static FormatException modelArrays(
      Path file, String model, List<String> layers, int expected, List<String> got) {
    return error(
        file,
        "layer " + quoted(model),
        plural(expected, "array") + " of the layers " + list(layers),
        got.size() + ": " + list(got),
        "the weights belong to another model");
  }

  static FormatException npzArrays(Path file, int expected, List<String> got) {
    return error(
        file,
        "",
        plural(expected, "array") + ", arr_0.npy and on, as the model has weights",
        got.size() + ": " + list(got),
        "write them with numpy.savez(file, *model.get_weights())");
  }

  static FormatException pickled(Path file, String expected, String got) {
    return error(
        file,
        "",
        "the weights in HDF5, " + quoted(expected),
        quoted(got) + ", whose arrays are pickled Python objects",
        "load the model in Keras and save it again with model.save(\"model.keras\")");
  }

  static FormatException groupNames(Path file, int most) {
    return error(file, "", "at most " + most + " names in its groups together", "more", "");
  }

  static FormatException longName(JsonObject model, int most, int got) {
    return error(
        model,
        "names of at most " + most + " characters, those of the models around a layer included",
        Integer.toString(got),
        "");
  }

  static FormatException noWeightMap(Path json, List<String> names) {
    return error(
        json,
        "",
        "Keras weights: HDF5, or JSON with \"weight_map\"",
        names.isEmpty() ? "an empty object" : "an object of " + list(names),
        "is this the model's JSON? The weights come first: KerasFile.load(weights, config)");
  }

  static FormatException shardCount(Path json, int most, int got) {
    return error(json, "weight_map", "1 to " + most + " files", Integer.toString(got), "");
  }

  static FormatException shardName(Path json, String name) {
    return error(
        json,
        "weight_map",
        "names of files in the folder of the JSON",
        quoted(name),
        "put the shard beside the JSON, and write its plain name");
  }

  static FormatException noShard(Path json, String name) {
    return error(
        json,
        "weight_map",
        "a file " + quoted(name) + " in the folder of the JSON",
        "none of that name",
        "copy every file that model.save_weights wrote into one folder");
  }

  static FormatException shape(Path file, String where, String expected, Shape got) {
    return error(file, where, expected, got.toString(), "the weights belong to another model");
  }

  // What the layers here cannot do.

  static FormatException unknownSetting(JsonObject config, String name) {
    return error(
        config,
        "settings that this library knows",
        quoted(name) + ": " + shown(config.member(name)),
        "it may change what the model predicts. Where it does not, take it out of the model's JSON,"
            + " and give that beside the weights");
  }

  private static String shown(Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "an object";
      case List<?> items -> items.size() > 16 ? "an array" : items.toString();
      case String text -> quoted(text);
      default -> value.toString();
    };
  }

  static FormatException only(JsonObject config, String name, String expected) {
    return error(
        config,
        quoted(name) + ": " + expected,
        shown(config.member(name)),
        name.equals("return_state")
            ? "the states of every layer come with each prediction here: Predictor.predictWithState,"
                + " or --out h_n=FILE; save the model without it"
            : "");
  }

  static FormatException precision(JsonObject config, String name) {
    return error(
        config,
        "as \"dtype\" a float",
        quoted(name),
        "save the model in Keras before it is quantized");
  }

  static FormatException customClass(JsonObject layer, String kind, String origin) {
    return error(
        layer,
        "Keras's own " + kind,
        quoted(kind) + " of " + quoted(origin),
        "a class of one's own is code, which no file holds");
  }

  static FormatException versionOpen(JsonObject config, String setting, String versions) {
    return error(
        config,
        "the version of Keras that wrote it, as " + setting + " is another in " + versions,
        "none",
        "add \"keras_version\", for instance \"2.15.0\", to the model's JSON");
  }

  // Around the layers.

  static FormatException graph(JsonObject model, String got) {
    return error(model, "layers that lead from the inputs to the outputs", got, "");
  }

  static FormatException noChain(Path file, String where, String got) {
    return error(
        file,
        where,
        "layers in one chain, from one input to one output",
        got,
        "KerasFile.loadModel reads it");
  }

  static FormatException chainTensors(Path file, String where, int got) {
    return error(
        file,
        where,
        "in a Sequential a layer that gives one tensor",
        got + " tensors",
        "build the model with keras.Model, whose layers say which they read");
  }

  static FormatException noOutput(Path file, String where, Reference tensor) {
    return error(
        file,
        where,
        "outputs that layers give",
        "output " + tensor.place() + " of " + quoted(tensor.layer()),
        "");
  }

  static FormatException inputCount(JsonObject config, boolean merges, int inputs) {
    String expected = merges ? "a call on several tensors" : "a call on one tensor";
    return error(config, expected, Integer.toString(inputs), "");
  }

  static FormatException modelInputs(JsonObject model, int expected, int got) {
    return error(model, "a call on " + plural(expected, "tensor"), Integer.toString(got), "");
  }

  static FormatException operation(JsonObject config, String kind, String module) {
    return error(
        config,
        "a layer",
        "the operation " + quoted(kind) + " of " + quoted(module),
        "where Keras has a layer for it, as keras.layers.Add for x + y, build the model with that");
  }

  static FormatException inputAxes(
      Path file, String where, String name, List<Long> axes, boolean ids) {
    String expected = ids ? "token ids (batch, timesteps)" : "(batch, timesteps, features)";
    String shown = axes.size() > 16 ? "an array" : axes.toString().replace("-1", "null");
    return error(
        file,
        where,
        "as the input " + quoted(name) + " " + expected + (ids ? "" : " or (batch, features)"),
        "axes after the batch " + shown,
        "");
  }

  static FormatException sharedTime(JsonObject config) {
    return error(
        config,
        "one kind of tensors in all calls of a layer",
        "some with a time axis and some without",
        "make a layer for each");
  }

  static FormatException unheededMask(JsonObject config, String reader) {
    return error(
        config,
        "a mask that all layers heed, or none",
        "layer "
            + quoted(reader)
            + " runs over its padding, as Keras 3 hands no mask on to a layer that is given its"
            + " states",
        "give it that mask in Keras, mask=layer.compute_mask(x)");
  }

  static FormatException stateCount(JsonObject config, int expected, int got) {
    return error(
        config,
        plural(expected, "state") + " that the layer begins from",
        Integer.toString(got),
        "");
  }

  static FormatException concatenateAxis(JsonObject config, String axis, boolean time) {
    return error(
        config,
        time
            ? "as \"axis\" -1 or 1 of (batch, timesteps, features)"
            : "as \"axis\" -1 or 1 of (batch, features)",
        axis,
        "");
  }

  static FormatException callArgument(JsonObject layer, String name, Object value) {
    return error(
        layer,
        "a call of its input alone",
        quoted(name) + ": " + shown(value),
        name.equals("training") ? "build the model without it, for inference" : "");
  }

  static FormatException callMask(JsonObject layer, String mask) {
    return error(layer, "the mask of the Masking or Embedding before it", quoted(mask), "");
  }

  static FormatException noTensor(JsonObject at, Reference tensor) {
    return error(
        at,
        "what a layer before it gives",
        "output " + tensor.place() + " of " + quoted(tensor.layer()),
        "");
  }

  static FormatException softmaxAxis(JsonObject config, String axis, boolean time) {
    return error(
        config,
        time
            ? "as \"axis\" -1, 1 or [1, 2] of (batch, timesteps, features)"
            : "as \"axis\" -1 or 1 of (batch, features)",
        axis,
        "");
  }

  static FormatException normalizationAxis(JsonObject config, String axis, boolean time) {
    return error(
        config,
        time
            ? "as \"axis\" -1 or 2 of (batch, timesteps, features)"
            : "as \"axis\" -1 or 1 of (batch, features)",
        axis,
        "");
  }
}
