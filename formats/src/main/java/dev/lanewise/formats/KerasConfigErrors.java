package dev.lanewise.formats;

import static dev.lanewise.formats.FormatErrors.list;
import static dev.lanewise.formats.FormatErrors.plural;
import static dev.lanewise.formats.FormatErrors.quoted;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds the exceptions of what a model's JSON says that a chain of layers here cannot do. */
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

  static FormatException calls(JsonObject layer, int calls) {
    return error(
        layer.file(),
        layer.where(),
        "a layer that is called once",
        plural(calls, "call"),
        "a layer that several places share is not supported");
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

  static FormatException outputOfLayer(JsonObject layer, String from, String output) {
    return error(
        layer.file(),
        layer.where(),
        "the output of the layer before it",
        "output " + output + " of " + quoted(from),
        "");
  }

  static FormatException ends(Path file, String where, String kind, List<String> names) {
    String got = names.isEmpty() ? "none" : names.size() + ": " + list(names);
    return error(file, where, "a model of one " + kind, got, "");
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
