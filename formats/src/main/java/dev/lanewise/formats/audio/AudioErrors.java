package dev.lanewise.formats.audio;

import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.json.JsonObject;
import dev.lanewise.lstm.Layer;
import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.List;

/** Builds the exceptions of audio networks. */
final class AudioErrors {
  private static final String REBUILD = "build and train it again of layers that are there";

  private AudioErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  private static FormatException error(JsonObject at, String expected, String got, String remedy) {
    return error(at.file(), at.where(), expected, got, remedy);
  }

  static FormatException noNetwork(JsonObject root) {
    return error(
        root,
        "an audio network: \"layers\" (RTNeural), \"state_dict\" or torch's tensors, or"
            + " \"architecture\" (NAM)",
        "the keys " + list(root.names()),
        "");
  }

  static FormatException unknownKey(JsonObject at, String key, List<String> known) {
    return error(
        at,
        "only the keys " + list(known),
        quoted(key) + ", which may change what it computes",
        "remove the key if it does not");
  }

  static FormatException choice(JsonObject at, String key, String got, List<String> known) {
    return error(at, "as " + quoted(key) + " one of " + list(known), quoted(got), "");
  }

  static FormatException only(JsonObject at, String key, String expected, String got) {
    return error(at, expected + " as " + quoted(key), got, REBUILD);
  }

  static FormatException architecture(JsonObject root, String key, String known, String got) {
    return error(
        root,
        quoted(known) + " as " + quoted(key),
        got,
        "of Neural Amp Modeler only the LSTMs are read: train it again with that architecture");
  }

  static FormatException layerType(JsonObject layer, String got, List<String> known) {
    return error(layer, "a layer of " + list(known), quoted(got), REBUILD);
  }

  static FormatException noLayers(JsonObject root) {
    return error(root, "one layer or more", "none", "");
  }

  // Arrays

  static FormatException numbers(Path file, String where, String got) {
    return error(file, where, "numbers in arrays of one to three axes", got, "");
  }

  static FormatException uneven(Path file, String where, Shape shape) {
    return error(file, where, shape + " numbers, as its first arrays are long", "others", "");
  }

  static FormatException arrayCount(JsonObject layer, String expected, int got) {
    return error(layer, expected + " as \"weights\"", Integer.toString(got), "");
  }

  static FormatException weightShape(Path file, String where, Shape expected, Shape got) {
    return error(file, where, expected.toString(), got.toString(), "");
  }

  // Torch's tensors

  static FormatException torchLayers(Path file, String where, List<Layer> layers) {
    String got =
        list(
            layers.stream()
                .map(layer -> layer.name() + " (" + layer.getClass().getSimpleName() + ")")
                .toList());
    return error(
        file,
        where,
        "LSTMs and GRUs of one direction, then one linear layer or none",
        got,
        REBUILD);
  }

  static FormatException disagrees(JsonObject at, String key, String says, String got) {
    return error(at, says + " as " + quoted(key) + ", as its tensors have", got, "");
  }

  // Samples

  static FormatException onlyOneBatch(JsonObject root, String there, String missing) {
    return error(root, quoted(missing) + " beside " + quoted(there), "none", "");
  }

  static FormatException batches(JsonObject root, int inputs, int outputs) {
    return error(
        root,
        "as many numbers in \"output_batch\" as in \"input_batch\"",
        outputs + " and " + inputs,
        "");
  }

  static FormatException outputs(JsonObject root, String key, int outputs) {
    return error(root, "one output with " + quoted(key), plural(outputs, "output"), "");
  }

  static FormatException inputs(JsonObject root, String key, int most, int inputs) {
    return error(root, "at most " + most + " inputs with " + quoted(key), "" + inputs, "");
  }

  static FormatException sample(
      JsonObject root, int index, float expected, float got, double tolerance) {
    return error(
        root.file(),
        "output_batch[" + index + "]",
        expected + ", within " + tolerance,
        got + " of these weights",
        "the samples or the weights were changed: export the model again, or remove"
            + " \"input_batch\" and \"output_batch\"");
  }
}
