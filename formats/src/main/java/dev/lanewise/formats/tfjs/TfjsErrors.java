package dev.lanewise.formats.tfjs;

import static dev.lanewise.formats.text.Phrases.list;
import static dev.lanewise.formats.text.Phrases.plural;
import static dev.lanewise.formats.text.Phrases.quoted;

import dev.lanewise.formats.FormatException;
import dev.lanewise.formats.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** Builds the exceptions of TensorFlow.js's files. */
final class TfjsErrors {
  private static final String SAVE = "save the model in TensorFlow.js with model.save";

  private TfjsErrors() {}

  private static FormatException error(
      Path file, String where, String expected, String got, String remedy) {
    return new FormatException(file, where, expected, got, remedy);
  }

  static String weight(String name) {
    return "weight " + quoted(name);
  }

  private static String shard(String name) {
    return "shard " + quoted(name);
  }

  static FormatException graphModel(Path file) {
    return error(
        file,
        "",
        "a layers model of TensorFlow.js (\"format\": \"layers-model\")",
        "a graph model",
        "its layers are gone: save the Keras model that it was made of, model.save(\"model.keras\"),"
            + " or convert that with --output_format=tfjs_layers_model");
  }

  static FormatException noTopology(Path file, List<String> names) {
    return error(
        file,
        "",
        "a layers model of TensorFlow.js, with \"modelTopology\"",
        names.isEmpty() ? "an empty object" : "an object of " + list(names),
        SAVE);
  }

  static FormatException noManifest(Path file) {
    return error(
        file,
        "",
        "the weights too, as \"weightsManifest\"",
        "the layers alone",
        SAVE + ", which writes both");
  }

  static FormatException shardName(Path file, String name) {
    return error(
        file,
        "weightsManifest",
        "as \"paths\" names of files in the folder of the JSON",
        quoted(name),
        "put the shard beside the JSON, and write its plain name");
  }

  static FormatException shardTwice(Path file, String name) {
    return error(file, "weightsManifest", "each shard once", quoted(name) + " again", "");
  }

  static FormatException noShard(Path file, String name) {
    return error(
        file,
        shard(name),
        "a file in the folder of the JSON",
        "none of that name",
        "copy every file of the model into one folder");
  }

  static FormatException groupSize(Path file, List<String> shards, long expected, long got) {
    return error(
        file,
        shards.size() == 1 ? shard(shards.getFirst()) : "shards " + list(shards),
        plural(expected, "byte") + ", as the weights in the JSON take",
        Long.toString(got),
        got < expected
            ? "the file is cut short, or of another model: copy all files again"
            : "the file belongs to another JSON: copy all files again");
  }

  static FormatException shrank(Path file, String name) {
    return error(
        file,
        shard(name),
        "as many bytes as when it was opened",
        "fewer",
        "something else is writing to it");
  }

  static FormatException type(JsonObject entry, String name, List<String> known) {
    return error(
        entry.file(), entry.where(), "as \"dtype\" one of " + list(known), quoted(name), "");
  }

  static FormatException quantizedType(JsonObject entry, String name, List<String> known) {
    return error(
        entry.file(),
        entry.where(),
        "as \"dtype\" of \"quantization\" one of " + list(known),
        quoted(name),
        "");
  }

  static FormatException weightSize(Path file, String name) {
    return error(
        file, weight(name), "a shape whose bytes fit a file", "more than 63 bits count", "");
  }

  static FormatException weightTwice(Path file, String name) {
    return error(file, weight(name), "each weight once", "it again", "");
  }

  static FormatException longName(JsonObject entry, int most, int length) {
    return error(
        entry.file(),
        entry.where(),
        "a name of at most " + most + " characters",
        Integer.toString(length),
        "");
  }

  static FormatException deepName(JsonObject entry, int most, long parts) {
    return error(
        entry.file(),
        entry.where(),
        "a name of at most " + most + " parts between slashes",
        Long.toString(parts),
        "");
  }

  static FormatException noLayer(Path file, String name, List<String> layers) {
    return error(
        file,
        weight(name),
        "weights of the model's layers: " + list(layers),
        "a weight of none of them",
        "the weights belong to another model");
  }
}
