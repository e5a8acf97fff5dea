package dev.lanewise.formats;

import static dev.lanewise.formats.FormatErrors.plural;
import static dev.lanewise.formats.FormatErrors.quoted;

import dev.lanewise.formats.KerasCall.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds the exceptions of what a model's JSON says that the layers here cannot do. */
final class KerasConfigErrors {
  private KerasConfigErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy, null);
  }

  static FormatException unknownSetting(JsonObject config, String name) {
    return error(
        config.file(),
        config.where(),
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
        config.file(),
        config.where(),
        quoted(name) + ": " + expected,
        shown(config.member(name)),
        name.equals("return_state")
            ? "the states of every layer come with each prediction here: Predictor.predictWithState,"
                + " or --out h_n=FILE; save the model without it"
            : "");
  }

  static FormatException precision(JsonObject config, String name) {
    return error(
        config.file(),
        config.where(),
        "as \"dtype\" a float",
        quoted(name),
        "save the model in Keras before it is quantized");
  }

  static FormatException customClass(JsonObject layer, String kind, String origin) {
    return error(
        layer.file(),
        layer.where(),
        "Keras's own " + kind,
        quoted(kind) + " of " + quoted(origin),
        "a class of one's own is code, which no file holds");
  }

  static FormatException versionOpen(JsonObject config, String setting, String versions) {
    return error(
        config.file(),
        config.where(),
        "the version of Keras that wrote it, as " + setting + " is another in " + versions,
        "none",
        "add \"keras_version\", for instance \"2.15.0\", to the model's JSON");
  }

  // Around the layers.

  static FormatException graph(JsonObject model, String got) {
    return error(
        model.file(), model.where(), "layers that lead from the inputs to the outputs", got, "");
  }

  static FormatException noChain(Path file, String where, String got) {
    return error(
        file,
        where,
        "layers in one chain, from one input to one output",
        got,
        "KerasFile.loadModel reads it");
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
    return error(config.file(), config.where(), expected, Integer.toString(inputs), "");
  }

  static FormatException nested(JsonObject config, String kind) {
    return error(
        config.file(),
        config.where(),
        "a layer",
        "a model of its own, " + quoted(kind),
        "a model inside a model is not supported: call its layers one by one, then save");
  }

  static FormatException operation(JsonObject config, String kind, String module) {
    return error(
        config.file(),
        config.where(),
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
        config.file(),
        config.where(),
        "one kind of tensors in all calls of a layer",
        "some with a time axis and some without",
        "make a layer for each");
  }

  static FormatException unheededMask(JsonObject config, String reader) {
    return error(
        config.file(),
        config.where(),
        "a mask that all layers heed, or none",
        "layer "
            + quoted(reader)
            + " runs over its padding, as Keras 3 hands no mask on to a layer that is given its"
            + " states",
        "give it that mask in Keras, mask=layer.compute_mask(x)");
  }

  static FormatException stateCount(JsonObject config, int expected, int got) {
    return error(
        config.file(),
        config.where(),
        plural(expected, "state") + " that the layer begins from",
        Integer.toString(got),
        "");
  }

  static FormatException concatenateAxis(JsonObject config, String axis, boolean time) {
    return error(
        config.file(),
        config.where(),
        time
            ? "as \"axis\" -1 or 1 of (batch, timesteps, features)"
            : "as \"axis\" -1 or 1 of (batch, features)",
        axis,
        "");
  }

  static FormatException callArgument(JsonObject layer, String name, Object value) {
    return error(
        layer.file(),
        layer.where(),
        "a call of its input alone",
        quoted(name) + ": " + shown(value),
        name.equals("training") ? "build the model without it, for inference" : "");
  }

  static FormatException callMask(JsonObject layer, String mask) {
    return error(
        layer.file(),
        layer.where(),
        "the mask of the Masking or Embedding before it",
        quoted(mask),
        "");
  }

  static FormatException noTensor(JsonObject at, Reference tensor) {
    return error(
        at.file(),
        at.where(),
        "what a layer before it gives",
        "output " + tensor.place() + " of " + quoted(tensor.layer()),
        "");
  }

  static FormatException softmaxAxis(JsonObject config, String axis, boolean time) {
    return error(
        config.file(),
        config.where(),
        time
            ? "as \"axis\" -1, 1 or [1, 2] of (batch, timesteps, features)"
            : "as \"axis\" -1 or 1 of (batch, features)",
        axis,
        "");
  }
}
