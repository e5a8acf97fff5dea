package dev.lanewise.formats;

import static dev.lanewise.formats.FormatErrors.hex;
import static dev.lanewise.formats.FormatErrors.list;
import static dev.lanewise.formats.FormatErrors.plural;
import static dev.lanewise.formats.FormatErrors.quoted;

import dev.lanewise.tensor.Shape;
import java.nio.file.Path;
import java.util.List;

/** Builds the exceptions of the readers of Keras's files. */
final class KerasErrors {
  private static final int LONGEST_KIND = 60;

  private KerasErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy, null);
  }

  // Places.

  static String group(String path) {
    return "group " + quoted("/" + path);
  }

  static String attribute(String group, String name) {
    return "attribute " + quoted(name) + " of " + quoted("/" + group);
  }

  static String array(String path) {
    return "array " + quoted("/" + path);
  }

  static String layer(String where, String name, String kind) {
    String shown = Printable.of(kind, LONGEST_KIND);
    return (where.isEmpty() ? "" : where + ", ") + "layer " + quoted(name) + " (" + shown + ")";
  }

  // HDF5

  static FormatException notKeras(Path file, byte[] head) {
    String expected =
        "a Keras model: HDF5, which begins with the bytes 89 48 44 46, or a .keras archive, which"
            + " begins with 50 4b";
    ForeignFile known = ForeignFile.of(head);
    return known == null
        ? error(file, "", expected, start(head), "save the model in Keras with model.save")
        : ModelErrors.foreign(file, expected, known);
  }

  private static String start(byte[] head) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < Math.min(4, head.length); i++) {
      bytes.append(' ').append(hex(head[i]));
    }
    return head.length == 0 ? "an empty file" : "the bytes" + bytes;
  }

  static FormatException notHdf5(Path file, String where, byte[] head) {
    String expected = "an HDF5 file, which begins with the bytes 89 48 44 46";
    ForeignFile known = where.isEmpty() && head.length > 0 ? ForeignFile.of(head) : null;
    if (known != null) {
      return ModelErrors.foreign(file, expected, known);
    }
    return error(
        file,
        where,
        expected,
        start(head),
        ZipArchive.begins(head)
            ? "this looks like a .keras archive, which holds its config: KerasFile.load(file)"
            : "save the weights in Keras with model.save_weights");
  }

  static FormatException hdf5Cut(Path file, String where, long expected, long size) {
    return error(
        file,
        where,
        plural(expected, "byte") + ", as its HDF5 header says",
        Long.toString(size),
        FormatErrors.CUT);
  }

  static FormatException hdf5(Path file, String where, String got, Throwable cause) {
    String remedy = "the file is damaged, or uses a part of HDF5 that Keras does not";
    return new FormatException(file, where, "readable HDF5", got, remedy, cause);
  }

  static FormatException link(Path file, String path, Hdf5Link link) {
    String got =
        switch (link.kind()) {
          case HARD, SOFT -> "a link to " + quoted(link.target());
          case EXTERNAL -> "a link to the file " + quoted(link.target());
          case OTHER -> "a link of another kind";
        };
    return outside(file, "link " + quoted("/" + path), got);
  }

  /** What is not in the file is not looked for. */
  static FormatException outside(Path file, String where, String got) {
    String remedy = "no link is followed: save the model in Keras with model.save";
    return error(file, where, "what is in the file itself", got, remedy);
  }

  static FormatException noAttribute(Path file, String group, String name) {
    return error(file, group(group), "an attribute " + quoted(name), "none", "");
  }

  static FormatException notText(
      Path file, String group, String name, String expected, String got) {
    return error(file, attribute(group, name), expected, got, "");
  }

  static FormatException noArray(Path file, String path) {
    return error(file, array(path), "an array", "none of that name", "");
  }

  static FormatException arrayType(Path file, String where, String type) {
    return error(file, where, "float16, float32 or float64", type, "");
  }

  static FormatException arraySize(Path file, String where, long bytes, long stored) {
    String expected = "what the " + stored + " bytes of it in the file can hold";
    return error(file, where, expected, plural(bytes, "byte"), "");
  }

  static FormatException chunkSize(Path file, String where, long bytes, long array) {
    String got = bytes == Sizes.TOO_MANY ? "more than 63 bits count" : Long.toString(bytes);
    String expected = "chunks of about the " + array + " bytes of the array, or fewer";
    return error(file, where, expected, got, "save the model in Keras with model.save");
  }

  // What is no model.

  static FormatException weightsOnly(Path file) {
    return error(
        file,
        "",
        "a whole model, with an attribute \"model_config\"",
        "only weights",
        "give the model's JSON too, from model.to_json(): KerasFile.load(weights, config), or --config");
  }

  static FormatException noModel(Path file, List<String> names) {
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

  static FormatException longJson(Path file, long most, long size) {
    String expected = "JSON of at most " + most + " bytes";
    return error(file, "", expected, plural(size, "byte"), "is this the weights' file?");
  }

  // The model's JSON.

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

  static FormatException stepKind(Path file, String where, String kind, List<String> known) {
    String expected = "a layer of " + list(known);
    String remedy = "a step here is (batch, features), without inner steps";
    return error(file, where, expected, quoted(kind), remedy);
  }

  static FormatException choice(
      Path file, String where, String key, String name, List<String> known) {
    return error(file, where, "as " + quoted(key) + " one of " + list(known), quoted(name), "");
  }

  static FormatException backwardLayer(Path file, String where) {
    return error(file, where, "the settings of \"layer\" but go_backwards", "others", "");
  }

  // Weights against layers.

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
        got.size() + ": " + list(got),
        "the weights belong to another model");
  }

  static FormatException shape(Path file, String path, String expected, Shape got) {
    return error(
        file, array(path), expected, got.toString(), "the weights belong to another model");
  }
}
