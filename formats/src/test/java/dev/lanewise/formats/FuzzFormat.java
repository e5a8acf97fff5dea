package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.audio.AudioModel;
import dev.lanewise.formats.forecast.RecipeWriter;
import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.hdf5.Hdf5Checksums;
import dev.lanewise.formats.tfjs.TfjsModel;
import dev.lanewise.formats.torch.TorchTensors;
import dev.lanewise.lstm.Model;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The formats that are read: small files of each, what its words are, and what reads it. */
enum FuzzFormat {
  HDF5(".h5") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      List<byte[]> seeds = FuzzSeeds.keras(".h5", 20_000);
      seeds.add(FuzzSeeds.graph(directory, "model.h5"));
      seeds.add(Files.readAllBytes(Resources.hdf5("latest")));
      seeds.add(Files.readAllBytes(Resources.hdf5("earliest")));
      return seeds;
    }

    @Override
    void read(Path file) {
      try {
        KerasFile.loadModel(file);
      } catch (FormatException e) {
        if (!e.getMessage().contains("model_config")) {
          throw e;
        }
      }
      try (Hdf5 hdf5 = Hdf5.open(file)) {
        walk(hdf5);
      }
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      byte[] mutant = mutator.mutate(seed);
      return mutator.random.nextInt(4) == 0 ? mutant : Hdf5Checksums.repaired(mutant);
    }
  },
  KERAS(".keras") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      List<byte[]> seeds = FuzzSeeds.keras(".keras", 40_000);
      seeds.add(FuzzSeeds.graph(directory, "model.keras"));
      seeds.addAll(FuzzSeeds.weights(directory, "keras2_windows.keras"));
      return seeds;
    }

    @Override
    void read(Path file) {
      KerasFile.loadModel(file);
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      return mutator.inArchive(seed);
    }
  },
  KERAS_JSON(".json") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return List.of(
          FuzzSeeds.graph(directory, "model.json"),
          FuzzSeeds.graph(directory, "keras2.json"),
          FuzzSeeds.nested(directory, "branches"),
          FuzzSeeds.both(directory),
          Files.readAllBytes(Resources.file("weights_only.json")),
          Files.readAllBytes(Resources.resource("keras-lstm/config.json")));
    }

    @Override
    void read(Path file) {
      KerasFile.loadModel(FuzzSeeds.weights(file), file);
    }
  },
  NATIVE_JSON(".json") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      Path weights = directory.resolve(WEIGHTS);
      ModelFile.save(FuzzSeeds.recurrent(), weights);
      Path other = directory.resolve("other.safetensors");
      ModelFile.save(FuzzSeeds.convolutional(), other);
      return List.of(FuzzSeeds.architecture(weights), FuzzSeeds.architecture(other));
    }

    @Override
    void read(Path file) {
      ModelReader.read(file.resolveSibling(WEIGHTS), file);
    }
  },
  GRAPH_JSON(".json") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      Path weights = directory.resolve(WEIGHTS);
      ModelFile.save(FuzzSeeds.graph(), weights);
      return List.of(FuzzSeeds.architecture(weights));
    }

    @Override
    void read(Path file) {
      ModelReader.read(file.resolveSibling(WEIGHTS), file);
    }
  },
  RECIPE(".json") {
    @Override
    List<byte[]> seeds(Path directory) {
      String full = RecipeWriter.write(Recipes.full(), Recipes.options());
      return List.of(full.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void read(Path file) {
      try {
        String json = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        ForecastFile.of(Recipes.network(), Map.of("forecast", json), file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  SAFETENSORS(".safetensors") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      List<byte[]> seeds = new ArrayList<>();
      for (Model model :
          List.of(
              FuzzSeeds.recurrent(),
              FuzzSeeds.convolutional(),
              FuzzSeeds.ids(),
              FuzzSeeds.graph())) {
        ModelFile.save(model, Map.of("unit", "mm"), directory.resolve("seed.safetensors"));
        seeds.add(Files.readAllBytes(directory.resolve("seed.safetensors")));
      }
      for (ForecastFile forecaster : List.of(Recipes.file(), Recipes.smallFile())) {
        forecaster.save(directory.resolve("seed.safetensors"));
        seeds.add(Files.readAllBytes(directory.resolve("seed.safetensors")));
      }
      return seeds;
    }

    @Override
    void read(Path file) {
      SafeTensors.read(file);
      ModelReader.Contents contents = ModelReader.read(file);
      ForecastFile.of(contents.model(), contents.metadata(), file);
    }

    // Half of them with the right length before a changed header.
    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      int length = (int) ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
      return mutator.random.nextBoolean()
          ? mutator.mutate(seed)
          : mutator.inFront(seed, 0, Long.BYTES, length);
    }
  },
  NPY(".npy") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.all(Resources.resource("dev/lanewise/formats/npy"), ".npy", 20_000);
    }

    @Override
    void read(Path file) {
      try {
        Npy.readInts(file);
      } catch (FormatException e) {
        // The other types, perhaps.
      }
      Npy.read(file);
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      boolean isShort = seed[6] == 1;
      int width = isShort ? Short.BYTES : Integer.BYTES;
      ByteBuffer head = ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN);
      int length = isShort ? head.getShort(8) : head.getInt(8);
      return mutator.random.nextBoolean()
          ? mutator.mutate(seed)
          : mutator.inFront(seed, 8, width, length);
    }
  },
  NPZ(".npz") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.all(Resources.resource("dev/lanewise/formats/npz"), ".npz", 20_000);
    }

    @Override
    void read(Path file) {
      Npz.read(file);
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      return mutator.inArchive(seed);
    }
  },
  CSV(".csv") {
    @Override
    List<byte[]> seeds(Path directory) {
      return List.of(
          "date,wind,temp\n2020-01-01,1.5,-3e2\n2020-01-02,2,4\n".getBytes(StandardCharsets.UTF_8),
          "x\n1\n-2.5e-3\n\n".getBytes(StandardCharsets.UTF_8),
          "\"a, b\",\"c\"\"d\"\r\n1,2\r\n3,4\r\n\r\n".getBytes(StandardCharsets.UTF_8),
          "# x\nlat;lon\n1;2\n\nt;u;v\n;(m/s);%\n1;2,5;-200\n2;1.234,5;(3)\nTotal;1\nNA;NA;NA\n"
              .getBytes(StandardCharsets.UTF_8),
          "\ufefft\tu\n1\t\u20ac 5,5\n2\t1 234\n".getBytes(StandardCharsets.UTF_16LE),
          "year month v\n1 1 2.5\n1 2 3\n2 1 \u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    void read(Path file) {
      CsvTable table = CsvTable.read(file);
      assertTrue(table.dialect().rows() == table.rows());
      for (String column : table.columns()) {
        table.isNumeric(column);
        table.suspectedCode(column);
        if (table.kind(column) == CsvColumn.Kind.NUMBERS) {
          table.numbersOrNaN(column);
        }
      }
      table.numbers(table.columns());
    }
  },
  PYTORCH(".pt") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.torch(false);
    }

    @Override
    void read(Path file) {
      readTorch(file);
    }

    // PyTorch stores the entries; other tools compress them.
    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      return mutator.inArchive(seed, mutator.random.nextInt(3) > 0);
    }
  },
  PYTORCH_LEGACY(".pt") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.torch(true);
    }

    @Override
    void read(Path file) {
      readTorch(file);
    }
  },
  STATE_DICT(".safetensors") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.all(Resources.resource("statedict"), ".safetensors", 20_000);
    }

    @Override
    void read(Path file) {
      ModelReader.read(file);
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      return SAFETENSORS.mutant(mutator, seed);
    }
  },
  TFJS(".json") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.tfjs(directory);
    }

    @Override
    void read(Path file) {
      TfjsModel.begins(FuzzSeeds.bytes(file));
      TfjsModel.read(file, true);
    }
  },
  KERAS_WEIGHTS(".npz") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.weights(directory, "get_weights.npz", "fortran.npz", "sharded.weights.json");
    }

    @Override
    void read(Path file) {
      KerasFile.loadModel(file, file.resolveSibling("model.json"));
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      return seed[0] == 'P' ? mutator.inArchive(seed) : mutator.mutate(seed);
    }
  },
  AUDIO(".json") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return FuzzSeeds.all(Resources.resource("audio"), ".json", 20_000).stream()
          .filter(AudioModel::begins)
          .toList();
    }

    @Override
    void read(Path file) {
      try {
        AudioModel.begins(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      AudioModel.read(file, true);
      AudioModel.read(file, false);
    }

    @Override
    List<String> words() {
      List<String> words = new ArrayList<>(super.words());
      words.addAll(
          List.of(
              "lstm",
              "gru",
              "dense",
              "conv1d",
              "batchnorm",
              "softmax",
              "tanh",
              "\"weights\"",
              "\"dilation\": [9]",
              "\"in_skip\": 1,",
              "\"in_gain\": 3,",
              "\"out_gain\": -99,",
              "\"out_channels\": 2,",
              "\"architecture\": \"LSTM\",",
              "hidden_size",
              "weight_ih_l0",
              "weight_hh_l1",
              "bias_ih_l0",
              "NaN",
              "-INF",
              "[1.5, -2.5]",
              "[[0.5]],"));
      return words;
    }
  };

  private static final String WEIGHTS = "weights.safetensors";

  private final String suffix;

  FuzzFormat(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }

  /** Files that are read well. */
  abstract List<byte[]> seeds(Path directory) throws IOException;

  /** Reads a file in every way. */
  abstract void read(Path file);

  byte[] mutant(Mutator mutator, byte[] seed) {
    return mutator.mutate(seed);
  }

  /** What separates, names and numbers are in this format. */
  List<String> words() {
    return List.of(
        "LSTM",
        "Dense",
        "Conv1D",
        "Bidirectional",
        "Embedding",
        "Reshape",
        "Flatten",
        "Permute",
        "units",
        "\"config\"",
        "layers",
        "class_name",
        "name",
        "activation",
        "kernel_size",
        "strides",
        "dilation_rate",
        "batch_input_shape",
        "[null, null, 2]",
        "target_shape",
        "input_dim",
        "\"type\"",
        "Lstm",
        "Conv1d",
        "Normalization",
        "dims",
        "features",
        "calls",
        "\"from\"",
        "\"in\": [0, 1]",
        "\"value\"",
        "rows",
        "shape",
        "dtype",
        "\"forecast\"",
        "\\\"window\\\"",
        "\\\"season\\\"",
        "\\\"change\\\"",
        "\\\"month_ends\\\"",
        "\\\"even\\\"",
        "[[",
        "1e999",
        "-1",
        "data_offsets",
        "F32",
        "BOOL",
        "F64",
        "fortran_order",
        "descr",
        "'<f4'",
        "'>f8'",
        "'|b1'",
        "TREE",
        "SNOD",
        "HEAP",
        "GCOL",
        "OHDR",
        "FRHP",
        "BTHD",
        "BTLF",
        "FADB",
        "model_weights",
        "layer_names",
        "weight_names",
        "model_config",
        "ctorch._utils\n_rebuild_tensor_v2\n",
        "ctorch\nFloatStorage\n",
        "ctorch\nDoubleStorage\n",
        "ccollections\nOrderedDict\n",
        "c__torch__.Net\nLSTM\n",
        "cos\nsystem\n",
        "state_dict",
        "module.",
        "cpu",
        ")R",
        "u.",
        "modelTopology",
        "weightsManifest",
        "\"quantization\"",
        "uint8",
        "model.bin",
        "PK\u0003\u0004",
        "PK\u0001\u0002",
        ",",
        ";",
        "\t",
        "#",
        "1.234",
        "1,5",
        "NA",
        "%",
        "\n",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "../",
        "/");
  }

  private static void readTorch(Path file) {
    try (TorchTensors tensors = TorchTensors.read(file)) {
      tensors
          .shapes()
          .forEach((name, shape) -> tensors.copyTo(name, Tensor.zeros(shape.toArray())));
    }
    ModelReader.read(file);
  }

  private static void walk(Hdf5 hdf5) {
    List<String> groups = new ArrayList<>(List.of(""));
    for (int i = 0; i < groups.size() && i < 50; i++) {
      String group = groups.get(i);
      for (String attribute : List.of("vlen", "vlens", "fixed", "text", "layer_names", "blanks")) {
        if (hdf5.hasAttribute(group, attribute)) {
          hdf5.list(group, attribute);
        }
      }
      for (String child : hdf5.children(group)) {
        groups.add(group.isEmpty() ? child : group + "/" + child);
      }
      if (group.startsWith("arrays/")) {
        try {
          var _ = hdf5.array(group).read();
        } catch (FormatException e) {
          // The next one may be whole.
        }
      }
    }
  }
}
