package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on models that Keras wrote: the files of the formats module's tests. */
class KerasCommandsTest {
  private static final Path RESOURCES = Path.of("..", "formats", "src", "test", "resources");

  @TempDir private Path directory;

  private static String file(String name) {
    return RESOURCES.resolve(name).toString();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static Terminal done(String... args) {
    Terminal run = Terminal.run(args);
    assertEquals(0, run.exit(), run.err());
    assertEquals("", run.err());
    return run;
  }

  @Test
  void predictsAsTheModelThatKerasTrained() {
    done(
        "predict",
        "--model",
        file("keras-lstm/weights.h5"),
        "--config",
        file("keras-lstm/config.json"),
        "--input",
        file("keras-lstm/x.npy"),
        "--out",
        path("y.npy"));
    Tensor expected = Npy.read(Path.of(file("keras-lstm/expected.npy")));
    Tensor got = Npy.read(directory.resolve("y.npy"));
    assertEquals(expected.size(), got.size());
    assertEquals(283, got.dim(0));
    assertArrayEquals(expected.toArray(), got.toArray(), 1e-6f);
  }

  @ParameterizedTest
  @CsvSource({
    "keras2.h5, x",
    "archive.keras, x",
    "convolutions.h5, x",
    "masking.h5, padded",
    "text.h5, ids"
  })
  void convertedModelsPredictTheSameBits(String name, String input) throws IOException {
    String model = file("keras/" + name);
    String x = file("keras/" + input + ".npy");
    String converted = path("model.safetensors");
    Terminal run = done("convert", model, converted);
    assertTrue(run.out().startsWith(model + " (Keras "), run.out());
    done("predict", "--model", model, "--input", x, "--out", path("a.npy"));
    done("predict", "--model", converted, "--input", x, "--out", path("b.npy"));
    assertArrayEquals(
        Files.readAllBytes(directory.resolve("a.npy")),
        Files.readAllBytes(directory.resolve("b.npy")));
    done("convert", converted, path("again.safetensors"));
    assertArrayEquals(
        Files.readAllBytes(directory.resolve("model.safetensors")),
        Files.readAllBytes(directory.resolve("again.safetensors")));
  }

  @Test
  void convertsWeightsBesideTheirConfig() {
    done(
        "convert",
        file("keras/weights_only.h5"),
        path("model.safetensors"),
        "--config",
        file("keras/weights_only.json"));
    done(
        "predict",
        "--model",
        path("model.safetensors"),
        "--input",
        file("keras/x.npy"),
        "--out",
        path("y.npy"));
    Path weights = Path.of(file("keras/weights_only.h5"));
    Path config = Path.of(file("keras/weights_only.json"));
    Tensor x = Npy.read(Path.of(file("keras/x.npy")));
    assertArrayEquals(
        KerasFile.load(weights, config).predict(x).toArray(),
        Npy.read(directory.resolve("y.npy")).toArray());
  }

  @Test
  void takesIdsAsIntsFloatsOrACsv() throws IOException {
    Tensor ids = Npy.readInts(Path.of(file("keras/ids.npy")));
    Npy.write(directory.resolve("ints.npy"), ids);
    Npy.write(directory.resolve("floats.npy"), ids.toFloat());
    StringBuilder csv = new StringBuilder("t0");
    for (int step = 1; step < ids.dim(1); step++) {
      csv.append(",t").append(step);
    }
    int[] all = ids.toIntArray();
    for (int i = 0; i < all.length; i++) {
      csv.append(i % ids.dim(1) == 0 ? '\n' : ',').append(all[i]);
    }
    Files.writeString(directory.resolve("ids.csv"), csv);
    Tensor expected = KerasFile.load(Path.of(file("keras/text.h5"))).predict(ids);
    for (String input : new String[] {"ints.npy", "floats.npy", "ids.csv"}) {
      done(
          "predict",
          "--model",
          file("keras/text.h5"),
          "--input",
          path(input),
          "--out",
          path("y.npy"));
      Tensor got = Npy.read(directory.resolve("y.npy"));
      assertEquals(expected.shape(), got.shape());
      assertArrayEquals(expected.toArray(), got.toArray());
    }
  }

  @Test
  void inspectsThem() {
    String text = done("inspect", file("keras/text.h5")).out();
    assertTrue(text.contains("of token ids, 0 to "), text);
    assertTrue(text.contains("Format: Keras HDF5"), text);
    String json =
        done(
                "inspect",
                file("keras-lstm/weights.h5"),
                "--config",
                file("keras-lstm/config.json"),
                "--json")
            .out();
    assertTrue(json.contains("\"format\" : \"Keras HDF5\""), json);
    assertTrue(json.contains("\"features\" : 12"), json);
    assertTrue(json.contains("\"returnSequences\" : true"), json);
    assertTrue(json.contains("\"recurrentActivation\" : \"hard_sigmoid_classic\""), json);
    assertTrue(text.contains("vocabulary="), text);
    assertEquals(Shape.of(283, 4, 12), Npy.read(Path.of(file("keras-lstm/x.npy"))).shape());
  }
}
