package dev.lanewise.formats;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The formats that are read: small files of each, what its words are, and what reads it. */
enum FuzzFormat {
  HDF5(".h5") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      List<byte[]> seeds = keras(".h5", 20_000);
      seeds.add(Files.readAllBytes(Hdf5Test.file("latest")));
      seeds.add(Files.readAllBytes(Hdf5Test.file("earliest")));
      return seeds;
    }

    @Override
    void read(Path file) {
      try {
        KerasFile.load(file);
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
      return keras(".keras", 40_000);
    }

    @Override
    void read(Path file) {
      KerasFile.load(file);
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      return inArchive(mutator, seed);
    }
  },
  KERAS_JSON(".json") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return List.of(
          Files.readAllBytes(KerasFileTest.file("weights_only.json")),
          Files.readAllBytes(KerasFileTest.resource("keras-lstm/config.json")));
    }

    @Override
    void read(Path file) {
      KerasFile.load(KerasFileTest.file("weights_only.h5"), file);
    }
  },
  NATIVE_JSON(".json") {
    private Path weights = Path.of("");

    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      weights = directory.resolve("weights.safetensors");
      ModelFile.save(recurrent(), weights);
      Path other = directory.resolve("other.safetensors");
      ModelFile.save(convolutional(), other);
      return List.of(architecture(weights), architecture(other));
    }

    @Override
    void read(Path file) {
      ModelReader.read(weights, file);
    }
  },
  SAFETENSORS(".safetensors") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      List<byte[]> seeds = new ArrayList<>();
      for (Sequential model : List.of(recurrent(), convolutional(), ids())) {
        ModelFile.save(model, Map.of("unit", "mm"), directory.resolve("seed.safetensors"));
        seeds.add(Files.readAllBytes(directory.resolve("seed.safetensors")));
      }
      return seeds;
    }

    @Override
    void read(Path file) {
      SafeTensors.read(file);
      ModelReader.read(file);
    }

    /** Half of them with the right length before a changed header. */
    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      int length = (int) ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
      return mutator.random.nextBoolean()
          ? mutator.mutate(seed)
          : inFront(mutator, seed, 0, Long.BYTES, length);
    }
  },
  NPY(".npy") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return all(KerasFileTest.resource("dev/lanewise/formats/npy"), ".npy", 20_000);
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
          : inFront(mutator, seed, 8, width, length);
    }
  },
  NPZ(".npz") {
    @Override
    List<byte[]> seeds(Path directory) throws IOException {
      return all(KerasFileTest.resource("dev/lanewise/formats/npz"), ".npz", 20_000);
    }

    @Override
    void read(Path file) {
      Npz.read(file);
    }

    @Override
    byte[] mutant(Mutator mutator, byte[] seed) {
      return inArchive(mutator, seed);
    }
  },
  CSV(".csv") {
    @Override
    List<byte[]> seeds(Path directory) {
      return List.of(
          "date,wind,temp\n2020-01-01,1.5,-3e2\n2020-01-02,2,4\n".getBytes(StandardCharsets.UTF_8),
          "\"a, b\",\"c\"\"d\"\r\n1,2\r\n3,4\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void read(Path file) {
      CsvTable table = CsvTable.read(file);
      table.columns().forEach(table::isNumeric);
      table.numbers(table.columns());
    }
  };

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
        "shape",
        "dtype",
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
        "PK\u0003\u0004",
        "PK\u0001\u0002",
        ",",
        "\n",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "../",
        "/");
  }

  private static List<byte[]> keras(String suffix, long most) throws IOException {
    return all(KerasFileTest.resource("keras"), suffix, most);
  }

  private static List<byte[]> all(Path directory, String suffix, long most) throws IOException {
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

  private static Sequential recurrent() {
    Lstm lstm = Lstm.builder(3).returnSequences(true).build();
    return Sequential.of(
            Normalization.of(new float[2], new float[] {1, 2}),
            Bidirectional.of(lstm, Bidirectional.Merge.CONCAT),
            Lstm.of(2),
            Dense.of(1))
        .build(2, 1);
  }

  private static Sequential convolutional() {
    return Sequential.of(Conv1d.builder(3, 2).build(), Flatten.of(), Dense.of(2)).build(4, 2, 1);
  }

  private static Sequential ids() {
    return Sequential.of(Embedding.of(5, 2), Lstm.of(2)).buildZeros();
  }

  private static byte[] architecture(Path file) {
    String json = SafeTensors.read(file).metadata().get("lanewise.architecture");
    return json.getBytes(StandardCharsets.UTF_8);
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
          Tensor unused = hdf5.array(group).read();
        } catch (FormatException e) {
          // The next one may be whole.
        }
      }
    }
  }

  /** Changes what is in front of a file's numbers, and says its new length. */
  private static byte[] inFront(Mutator mutator, byte[] seed, int at, int width, int length) {
    int start = at + width;
    byte[] front = mutator.mutate(Arrays.copyOfRange(seed, start, start + length));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(seed, 0, at);
    for (int i = 0; i < width; i++) {
      out.write(i < Integer.BYTES ? front.length >>> (i * Byte.SIZE) : 0);
    }
    out.writeBytes(front);
    out.write(seed, start + length, seed.length - start - length);
    return out.toByteArray();
  }

  /** Changes the archive, or an entry in an archive that is otherwise whole. */
  private static byte[] inArchive(Mutator mutator, byte[] seed) {
    if (mutator.random.nextInt(3) == 0) {
      return mutator.mutate(seed);
    }
    try {
      Map<String, byte[]> entries = new LinkedHashMap<>();
      try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(seed))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          entries.put(entry.getName(), zip.readAllBytes());
        }
      }
      List<String> names = List.copyOf(entries.keySet());
      String changed = names.get(mutator.random.nextInt(names.size()));
      entries.put(changed, mutator.mutate(entries.get(changed)));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
