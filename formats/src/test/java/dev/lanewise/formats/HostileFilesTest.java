package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.models.ModelSizes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HDF5 that leads elsewhere or lies; the files come from src/test/python/make_hostile_files.py. */
class HostileFilesTest {
  private static final String KERNEL =
      "array \"/model_weights/dense/sequential/dense/kernel\": expected ";
  private static final String DAMAGED =
      "; the file is damaged, or uses a part of HDF5 that Keras does not";

  @TempDir Path directory;

  private static Path hostile(String name) {
    return Resources.resource("hostile/" + name + ".h5");
  }

  @ParameterizedTest
  @CsvSource({
    "external_group, /model_weights, the file \"/dev/zero\"",
    "external_pipe, /model_weights, the file \"pipe\"",
    "external_itself, /model_weights, the file \"external_itself.h5\"",
    "external_array, /model_weights/dense/sequential/dense/kernel, the file \"secret.h5\"",
    "soft_itself, /model_weights, \"/model_weights\"",
    "soft_out, /model_weights, \"/other/model_weights\""
  })
  void followsNoLink(String name, String path, String target) {
    refused(
        hostile(name),
        ", link \""
            + path
            + "\": expected what is in the file itself, got a link to "
            + target
            + "; no link is followed: save the model in Keras with model.save",
        () -> KerasFile.load(hostile(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "external_bytes, an array whose elements are in other files",
    "virtual, 'a virtual array, made of arrays of other files'"
  })
  void readsNoArrayOfOtherFiles(String name, String got) {
    refused(
        hostile(name),
        ", array \"/model_weights/dense/sequential/dense/kernel\": expected what is in the file"
            + " itself, got "
            + got
            + "; no link is followed: save the model in Keras with model.save",
        () -> KerasFile.load(hostile(name)));
  }

  @Test
  void waitsForNoPipe() throws Exception {
    Path model = directory.resolve("external_pipe.h5");
    Files.copy(hostile("external_pipe"), model);
    Path pipe = directory.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertThrows(FormatException.class, () -> KerasFile.load(model));
          refused(
              pipe,
              ": expected a file, got a pipe or a device; save what comes from it to a file first",
              () -> ModelReader.read(pipe));
        });
  }

  @Test
  void leavesNothingOpen() throws IOException {
    Path open = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(open));
    loadAll();
    long before = count(open);
    for (int i = 0; i < 20; i++) {
      loadAll();
    }
    assertTrue(count(open) <= before, () -> "open before: " + before);
  }

  private static void loadAll() throws IOException {
    try (var files = Files.list(Resources.resource("hostile"))) {
      for (Path file : files.toList()) {
        try {
          ModelReader.read(file);
        } catch (FormatException e) {
          assertEquals(file.toString(), e.file());
        }
      }
    }
  }

  private static long count(Path open) throws IOException {
    try (var files = Files.list(open)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "huge | readable HDF5, got 0 of 1099511627776 chunks: the others never written",
        "contiguous | readable HDF5, got an array that was never written",
        "growing_chunk | readable HDF5, got a chunk that grows beyond its size"
      })
  void believesNoSizeOfAnArray(String name, String rest) {
    refused(hostile(name), ", " + KERNEL + rest + DAMAGED, () -> KerasFile.load(hostile(name)));
  }

  @Test
  void believesNoSizeOfAChunk() {
    refused(
        hostile("large_chunk"),
        ", "
            + KERNEL
            + "chunks of about the 12 bytes of the array, or fewer, got 16777216; save the model in"
            + " Keras with model.save",
        () -> KerasFile.load(hostile("large_chunk")));
  }

  @Test
  void readsAGroupThatHoldsItself() {
    KerasFileTest.predicts("keras3", "x", KerasFile.load(hostile("cycle")));
  }

  @ParameterizedTest
  @CsvSource({"16000, 64000", "1000000, 4000000", "8388608, 33554432"})
  void comparesShapesBeforeItAllocatesThem(String units, String gates) throws IOException {
    String json = Files.readString(file("weights_only.json"));
    Path config = directory.resolve("config.json");
    Files.writeString(config, json.replaceFirst("\"units\": 3", "\"units\": " + units));
    refused(
        file("weights_only.h5"),
        ", array \"/lstm_1/lstm_1/kernel:0\": expected lstm_1/kernel (2, "
            + gates
            + "), got (2, 12); the weights belong to another model",
        () -> KerasFile.load(file("weights_only.h5"), config));
  }

  @ParameterizedTest
  @ValueSource(ints = {8_388_609, 536_870_911})
  void refusesMoreUnitsThanALayerMayHave(int units) throws IOException {
    String json = Files.readString(file("weights_only.json"));
    Path config = directory.resolve("config.json");
    Files.writeString(config, json.replaceFirst("\"units\": 3", "\"units\": " + units));
    refused(
        config,
        ", layer \"lstm_1\" (LSTM): expected layers that fit together, got \"Lstm: units="
            + units
            + ", expected 1 to 8388608; a recurrent kernel grows with their square\"",
        () -> KerasFile.load(file("weights_only.h5"), config));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"kernel_size\": [2147483647], \"dilation_rate\": [2147483647]",
        "\"kernel_size\": [3], \"dilation_rate\": [2147483647]",
        "\"kernel_size\": [3], \"strides\": [2147483647], \"dilation_rate\": [1073741824]"
      })
  void refusesLengthsThatOverflow(String lengths) throws IOException {
    Path config = directory.resolve("config.json");
    for (String padding : new String[] {"valid", "same", "causal"}) {
      Files.writeString(
          config,
          "{\"class_name\": \"Sequential\", \"keras_version\": \"3.0.0\", \"config\": {\"layers\":"
              + " [{\"class_name\": \"Conv1D\", \"config\": {\"name\": \"c\", \"filters\":"
              + " 2147483647, \"padding\": \""
              + padding
              + "\", \"batch_input_shape\": [null, 9, 2147483647], "
              + lengths
              + "}}, {\"class_name\": \"Flatten\", \"config\": {\"name\": \"f\"}}]}}");
      assertThrows(FormatException.class, () -> KerasFile.load(file("weights_only.h5"), config));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 20_000})
  void refusesMoreLayersThanAnyNetworkHas(int count) throws IOException {
    String layer = "{\"class_name\": \"Dropout\", \"config\": {\"rate\": 0.1}}, ";
    Path config = directory.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(file("weights_only.json"))
            .replaceFirst("\"layers\": \\[", "\"layers\": [" + layer.repeat(count)));
    refused(
        config,
        ": expected a model of at most 4096 layers, got " + (count + 2),
        () -> KerasFile.load(file("weights_only.h5"), config));
  }

  @Test
  void saysThatAFileWasCutWhileItWasRead() throws IOException {
    Path cut = directory.resolve("cut.h5");
    Files.copy(file("keras3.h5"), cut);
    try (Hdf5 hdf5 = Hdf5.open(cut)) {
      try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
        channel.truncate(50);
      }
      FormatException e = assertThrows(FormatException.class, () -> hdf5.children("model_weights"));
      assertEquals("18480 bytes as when it was opened", e.expected());
      assertEquals("its end", e.got());
      assertEquals("something else is writing to it", e.remedy());
    }
  }

  @Test
  void saysWhatMoreRoomTakes() {
    OutOfMemoryError e =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                ModelSizes.allocated(
                    Path.of("m.h5"),
                    1000,
                    () -> {
                      throw new OutOfMemoryError("a smaller batch");
                    }));
    assertEquals(
        "m.h5: no room for its 1000 weights, 4000 bytes off the heap and about as many again while"
            + " they are read. -XX:MaxDirectMemorySize raises that limit, -Xmx the heap's",
        e.getMessage());
  }
}
