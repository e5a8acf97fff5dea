package dev.lanewise.formats;

import dev.lanewise.formats.torch.TorchTensors;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The small files that fuzzing begins with. */
final class FuzzSeeds {
  private FuzzSeeds() {}

  static List<byte[]> keras(String suffix, long most) throws IOException {
    return all(Resources.resource("keras"), suffix, most);
  }

  private static Path graphs(Path directory) {
    Path graphs = directory.resolve("graphs");
    return Files.exists(graphs) ? graphs : Unzipped.into(graphs, "keras3/graphs.zip");
  }

  /** A file of a model of Keras that is no chain. */
  static byte[] graph(Path directory, String name) throws IOException {
    return Files.readAllBytes(graphs(directory).resolve("encoder_decoder/" + name));
  }

  /** The JSON of a model with models inside it, whose weights are found by its name. */
  static byte[] nested(Path directory, String name) throws IOException {
    return Files.readAllBytes(nested(directory).resolve(name + "/model.json"));
  }

  private static Path nested(Path directory) {
    Path nested = directory.resolve("nested");
    return Files.exists(nested) ? nested : Unzipped.into(nested, "keras3/nested.zip");
  }

  /** The JSON of a model that reads what two directions give apart. */
  static byte[] both(Path directory) throws IOException {
    return Files.readAllBytes(unzippedBoth(directory).resolve("states/model.json"));
  }

  private static Path unzippedBoth(Path directory) {
    Path both = directory.resolve("both");
    return Files.exists(both) ? both : Unzipped.into(both, "keras3/both.zip");
  }

  /** The weights of a model of Keras whose JSON that is, or was before it was changed. */
  static Path weights(Path json) {
    try {
      String text = Files.readString(json, StandardCharsets.ISO_8859_1);
      if (text.contains("\"branches\"")) {
        return nested(json.getParent()).resolve("branches/model.weights.h5");
      }
      if (text.contains("\"merge_mode\"")) {
        return unzippedBoth(json.getParent()).resolve("states/model.weights.h5");
      }
      return text.contains("inbound_nodes")
          ? graphs(json.getParent()).resolve("encoder_decoder/model.weights.h5")
          : Resources.file("weights_only.h5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<byte[]> all(Path directory, String suffix, long most) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (var files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(suffix) && Files.size(file) <= most) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds;
  }

  /** Files of PyTorch that are read. */
  static List<byte[]> torch(boolean legacy) throws IOException {
    List<String> names =
        legacy
            ? List.of(
                "legacy",
                "legacy_protocol5",
                "legacy_types",
                "legacy_views",
                "legacy_loop",
                "legacy_parts")
            : List.of(
                "state_dict",
                "protocol4",
                "types",
                "views",
                "parameters",
                "lightning",
                "loop",
                "script",
                "trace",
                "unicode",
                "big_endian",
                "deflated",
                "untyped");
    List<byte[]> seeds = new ArrayList<>();
    for (String name : names) {
      seeds.add(Files.readAllBytes(Resources.resource("torch/" + name + ".pt")));
    }
    for (byte[] model : all(Resources.resource("statedict"), ".pt", 20_000)) {
      if (TorchTensors.begins(model) == legacy) {
        seeds.add(model);
      }
    }
    return seeds;
  }

  static Sequential recurrent() {
    Lstm lstm = Lstm.builder(3).returnSequences(true).build();
    return Sequential.of(
            Normalization.of(new float[2], new float[] {1, 2}),
            Bidirectional.of(lstm, Bidirectional.Merge.CONCAT),
            Lstm.of(2),
            Dense.of(1))
        .build(2, 1);
  }

  static Sequential convolutional() {
    return Sequential.of(Conv1d.builder(3, 2).build(), Flatten.of(), Dense.of(2)).build(4, 2, 1);
  }

  static Sequential ids() {
    return Sequential.of(Embedding.of(5, 2), Lstm.of(2)).buildZeros();
  }

  /** Two inputs, states that are handed over, a layer that is called twice, two outputs. */
  static Model graph() {
    Value past = Input.sequences("past", 2);
    Value words = Input.ids("words", 3);
    Value site = Input.rows("site", 2);
    ValueWithStates read = Lstm.of(2).applyWithState(Embedding.of(5, 2).apply(words));
    ValueWithStates next = Lstm.of(2).applyWithState(past, read.states());
    Dense shared = Dense.of(2);
    Value sum = Add.of().apply(shared.apply(next.y()), shared.apply(site));
    Value all = Concatenate.of().apply(sum, next.states().c().getFirst());
    return Model.of(
            List.of(past, words, site),
            List.of(Dense.of(1).apply(all).named("load"), next.states().h().getFirst()))
        .build(1);
  }

  static byte[] architecture(Path file) {
    String json = SafeTensors.read(file).metadata().get("lanewise.architecture");
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Models of TensorFlow.js, whose shards come into the directory under names of their own. */
  static List<byte[]> tfjs(Path directory) throws IOException {
    Path models = Unzipped.into(directory.resolve("tfjs"), "tfjs/models.zip");
    List<byte[]> seeds = new ArrayList<>();
    for (String model : Refusals.names(models)) {
      String json = Files.readString(models.resolve(model + "/model.json"));
      for (String name : Refusals.names(models.resolve(model))) {
        if (name.endsWith(".bin")) {
          Files.copy(models.resolve(model + "/" + name), directory.resolve(model + name));
          json = json.replace(name, model + name);
        }
      }
      seeds.add(json.getBytes(StandardCharsets.UTF_8));
    }
    return seeds;
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Weights in several layouts; what they need beside them comes into the directory. */
  static List<byte[]> weights(Path directory, String... names) throws IOException {
    Path plain = Unzipped.into(directory.resolve("layouts"), "keras3/layouts.zip").resolve("plain");
    for (String name : Refusals.names(plain)) {
      if (name.endsWith(".json") || name.startsWith("sharded")) {
        Files.copy(plain.resolve(name), directory.resolve(name));
      }
    }
    List<byte[]> seeds = new ArrayList<>();
    for (String name : names) {
      seeds.add(Files.readAllBytes(plain.resolve(name)));
    }
    return seeds;
  }
}
