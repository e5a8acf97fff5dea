package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.formats.Npz;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inputs and outputs beside the first, and what is refused of them, word for word. */
class PredictInputsTest {
  @TempDir private Path directory;
  private Sequential model;
  private Tensor x;

  @BeforeEach
  void write() {
    model =
        Sequential.of(
                Bidirectional.of(Lstm.builder(3).returnSequences(true).build()),
                Lstm.of(3),
                Dense.of(1))
            .build(2, 5);
    x = Tensor.arange(2 * 5 * 2).reshape(2, 5, 2);
    ModelFile.save(model, path("model.safetensors"));
    Npy.write(path("x.npy"), x);
    Npy.write(path("lengths.npy"), Tensor.ofInts(new int[] {3, 5}, 2));
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  /** With "DIR" for the directory in the arguments. */
  private Terminal predict(String... args) {
    List<String> all = new ArrayList<>(List.of("predict", "--model", "DIR/model.safetensors"));
    all.addAll(List.of(args));
    return Terminal.run(
        all.stream().map(arg -> arg.replace("DIR", directory.toString())).toArray(String[]::new));
  }

  private void refused(String message, String... args) throws IOException {
    List<Path> before = files();
    Terminal run = predict(args);
    assertEquals("lanewise: " + message.replace("DIR", directory.toString()) + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(2, run.exit());
    assertEquals(before, files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted().toList();
    }
  }

  @Test
  void skipsThePaddingAfterTheLengths() {
    CsvTable.of(List.of("n"), Tensor.of(new float[] {3, 5}, 2, 1)).write(path("lengths.csv"));
    Npz.write(path("both.npz"), Map.of("x", x, "lengths", Tensor.of(new float[] {3, 5}, 2)));
    Tensor expected = model.predict(x, Mask.ofLengths(5, 3, 5));
    for (String file : List.of("lengths.npy", "lengths.csv", "both.npz")) {
      Terminal run =
          predict(
              "--input", "DIR/both.npz", "--input", "lengths=DIR/" + file, "--out", "DIR/y.npy");
      assertEquals(0, run.exit(), run.err());
      assertArrayEquals(expected.toArray(), Npy.read(path("y.npy")).toArray());
    }
  }

  @Test
  void writesTheFinalStates() {
    Terminal run =
        predict(
            "--input",
            "DIR/x.npy",
            "--input",
            "lengths=DIR/lengths.npy",
            "--out",
            "DIR/y.csv",
            "--out",
            "h_n=DIR/h.npy",
            "--out",
            "c_n=DIR/c.npy");
    assertEquals(0, run.exit(), run.err());
    Prediction expected = model.predictor().predictWithState(x, Mask.ofLengths(5, 3, 5));
    Tensor h = Npy.read(path("h.npy"));
    assertEquals(Shape.of(3, 2, 3), h.shape());
    for (int layer = 0; layer < 3; layer++) {
      assertArrayEquals(expected.state().h().get(layer).toArray(), h.select(0, layer).toArray());
      assertArrayEquals(
          expected.state().c().get(layer).toArray(),
          Npy.read(path("c.npy")).select(0, layer).toArray());
    }
    CsvTable y = CsvTable.read(path("y.csv"));
    assertArrayEquals(expected.y().toArray(), y.numbers(y.columns()).toArray());
  }

  @Test
  void writesNoOutputWhereOneCannotBe() throws IOException {
    refused(
        "DIR/none/h.npy: expected a directory to write in, got none at DIR/none; create it, or choose another",
        "--input",
        "DIR/x.npy",
        "--out",
        "DIR/y.npy",
        "--out",
        "h_n=DIR/none/h.npy");
  }

  @Test
  void refusesLengthsThatDoNotFit() throws IOException {
    String[] args = {
      "--input", "DIR/x.npy", "--input", "lengths=DIR/lengths.npy", "--out", "DIR/y.npy"
    };
    Npy.write(path("lengths.npy"), Tensor.ofInts(new int[] {3, 5, 1}, 3));
    refused(
        "DIR/lengths.npy (3): expected (2), a length for each sample of DIR/x.npy (2, 5, 2)", args);
    Npy.write(path("lengths.npy"), Tensor.ofInts(new int[] {3, 6}, 2));
    refused(
        "DIR/lengths.npy (2), DIR/x.npy (2, 5, 2): Mask: sample 1 has length 6, expected 0 to timesteps=5",
        args);
    Npy.write(path("lengths.npy"), Tensor.of(new float[] {3, 2.5f}, 2));
    refused(
        "DIR/lengths.npy, element 1: expected a whole number within int32, -2147483648 to 2147483647, got 2.5",
        args);
    Npy.write(path("lengths.npy"), Tensor.intZeros(2, 1));
    refused("DIR/lengths.npy (2, 1): expected (batch), the length of each sample", args);
  }

  @Test
  void refusesOtherNames() throws IOException {
    refused(
        "--input z=DIR/h.npy: expected one of the names x, lengths, h0, c0",
        "--input",
        "DIR/x.npy",
        "--input",
        "z=DIR/h.npy",
        "--out",
        "DIR/y.npy");
    refused(
        "--out state=DIR/h.npy: expected one of the names y, h_n, c_n",
        "--input",
        "DIR/x.npy",
        "--out",
        "state=DIR/h.npy");
    refused(
        "--input DIR/x.npy: x is given twice",
        "--input",
        "DIR/x.npy",
        "--input",
        "DIR/x.npy",
        "--out",
        "DIR/y.npy");
    refused(
        "--input: expected x beside the others; add --input X.npy",
        "--input",
        "lengths=DIR/lengths.npy",
        "--out",
        "DIR/y.npy");
    refused(
        "--out DIR/y.npy is given twice; choose a file for each array",
        "--input",
        "DIR/x.npy",
        "--out",
        "DIR/y.npy",
        "--out",
        "h_n=DIR/y.npy");
    refused(
        "--input DIR/x.txt: expected a name that ends in .npy, .npz or .csv",
        "--input",
        "DIR/x.txt",
        "--out",
        "DIR/y.npy");
  }

  @Test
  void refusesStatesThatDoNotStack() throws IOException {
    Sequential two = Sequential.of(Lstm.builder(3).returnSequences(true).build(), Lstm.of(4));
    ModelFile.save(two.build(2, 1), path("model.safetensors"));
    String[] args = {"--input", "DIR/x.npy", "--out", "h_n=DIR/h.npy"};
    refused(
        "--out h_n: expected recurrent layers of one width, which stack into one array, got units"
            + " [3, 4]; leave it out",
        args);
    refused(
        "--out c_n: expected LSTMs of one width, which stack into one array, got units [3, 4];"
            + " leave it out",
        "--input",
        "DIR/x.npy",
        "--out",
        "c_n=DIR/c.npy");
    ModelFile.save(Sequential.of(Dense.of(1)).build(2, 1), path("model.safetensors"));
    refused(
        "--out h_n: the model has no recurrent layer, which would keep a state; leave it out",
        args);
  }

  @Test
  void writesTheHiddenStatesOfAGruAndASimpleRnn() {
    Sequential mixed =
        Sequential.of(
                Bidirectional.of(Gru.builder(3).returnSequences(true).build()),
                Lstm.builder(3).returnSequences(true).build(),
                SimpleRnn.of(3))
            .build(2, 5);
    ModelFile.save(mixed, path("model.safetensors"));
    Terminal run =
        predict("--input", "DIR/x.npy", "--out", "h_n=DIR/h.npy", "--out", "c_n=DIR/c.npy");
    assertEquals(0, run.exit(), run.err());
    StreamState expected = mixed.predictor().predictWithState(x).state();
    Tensor h = Npy.read(path("h.npy"));
    assertEquals(Shape.of(4, 2, 3), h.shape());
    for (int layer = 0; layer < 4; layer++) {
      assertArrayEquals(expected.h().get(layer).toArray(), h.select(0, layer).toArray());
    }
    Tensor c = Npy.read(path("c.npy")); // of the LSTM alone
    assertEquals(Shape.of(1, 2, 3), c.shape());
    assertArrayEquals(expected.c().getFirst().toArray(), c.toArray());
  }

  @Test
  void goesOnFromTheStatesOfAPieceBefore() {
    Sequential mixed =
        Sequential.of(
                Gru.builder(3).returnSequences(true).build(),
                Lstm.builder(3).returnSequences(true).build(),
                SimpleRnn.of(3))
            .build(2, 5);
    ModelFile.save(mixed, path("model.safetensors"));
    Npy.write(path("first.npy"), x.slice(1, 0, 2));
    Npy.write(path("second.npy"), x.slice(1, 2, 5));
    String[] states = {"--out", "h_n=DIR/h.npy", "--out", "c_n=DIR/c.npy"};
    Terminal first =
        predict("--input", "DIR/first.npy", states[0], states[1], states[2], states[3]);
    assertEquals(0, first.exit(), first.err());
    Terminal second =
        predict(
            "--input",
            "DIR/second.npy",
            "--input",
            "h0=DIR/h.npy",
            "--input",
            "c0=DIR/c.npy",
            "--out",
            "DIR/y.npy");
    assertEquals(0, second.exit(), second.err());
    assertArrayEquals(mixed.predict(x).toArray(), Npy.read(path("y.npy")).toArray());
  }

  @Test
  void refusesStatesThatDoNotFit() throws IOException {
    Npy.write(path("h.npy"), Tensor.zeros(1, 2, 3));
    refused(
        "DIR/h.npy (1, 2, 3): expected (layers * directions, batch, units) = (3, 2, 3)",
        "--input",
        "DIR/x.npy",
        "--input",
        "h0=DIR/h.npy",
        "--out",
        "DIR/y.npy");
    Npy.write(path("h.npy"), Tensor.zeros(3, 2, 3));
    refused(
        "--input: expected c0 too, which the model's LSTMs begin from; for zeros leave all states out",
        "--input",
        "DIR/x.npy",
        "--input",
        "h0=DIR/h.npy",
        "--out",
        "DIR/y.npy");
    ModelFile.save(Sequential.of(Gru.of(3)).build(2, 1), path("model.safetensors"));
    refused(
        "--input c0: the model has no LSTM, which alone keeps a cell state; leave it out",
        "--input",
        "DIR/x.npy",
        "--input",
        "c0=DIR/h.npy",
        "--out",
        "DIR/y.npy");
  }

  @Test
  void aGruHasNoCellState() throws IOException {
    ModelFile.save(Sequential.of(Gru.of(3)).build(2, 1), path("model.safetensors"));
    refused(
        "--out c_n: the model has no LSTM, which alone keeps a cell state; leave it out",
        "--input",
        "DIR/x.npy",
        "--out",
        "c_n=DIR/c.npy");
    Terminal run = predict("--input", "DIR/x.npy", "--out", "h_n=DIR/h.npy");
    assertEquals(0, run.exit(), run.err());
    assertEquals(Shape.of(1, 2, 3), Npy.read(path("h.npy")).shape());
  }

  @Test
  void aGruHasNoNarrowWeights() throws IOException {
    ModelFile.save(Sequential.of(Gru.of(3)).build(2, 1), path("model.safetensors"));
    for (String format : List.of("bf16", "int8")) {
      refused(
          "Gru \"gru\" is read with float32 weights only, got --weights "
              + format
              + "; leave --weights out",
          "--input",
          "DIR/x.npy",
          "--out",
          "DIR/y.npy",
          "--weights",
          format);
    }
  }

  @Test
  void refusesAnArchiveThatDoesNotSayWhichArray() throws IOException {
    Npz.write(path("x.npz"), new TreeMap<>(Map.of("a", x, "b", x)));
    refused(
        "DIR/x.npz: expected one array, or one of the name \"x\", got a, b",
        "--input",
        "DIR/x.npz",
        "--out",
        "DIR/y.npy");
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Files.copy(path("x.npy"), path("other.npy"));
    Files.writeString(path("model.safetensors"), "<html>");
    refused(
        "DIR/model.safetensors: expected a model of Lanewise (.safetensors), Keras (.h5, .keras), PyTorch (.pt, .safetensors),"
            + " TensorFlow.js (model.json), or an audio network (.json, .nam), got an HTML"
            + " page; download the file itself, not the page about it (\"Raw\" or \"Download\")",
        "--input",
        "DIR/x.npy",
        "--out",
        "DIR/y.npy");
    Terminal run = Terminal.run("convert", path("x.npy").toString(), path("m.h5").toString());
    assertEquals(
        "lanewise: " + path("m.h5") + ": expected a name that ends in .safetensors\n", run.err());
    assertEquals(2, run.exit());
    assertEquals(0, Arrays.stream(directory.toFile().list()).filter("m.h5"::equals).count());
  }

  /** What padding holds means nothing: as with zeros there, also to a layer before the LSTM. */
  @Test
  void takesNotANumberInPaddingThatTheLengthsDeclare() {
    Sequential[] models = {model, Sequential.of(Dense.of(3), Lstm.of(3), Dense.of(1)).build(2, 5)};
    for (Sequential each : models) {
      ModelFile.save(each, path("model.safetensors"));
      Tensor zeros = x.copy();
      zeros.slice(1, 3, 5).slice(0, 0, 1).fill(0);
      for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        Tensor spoiled = x.copy();
        spoiled.slice(1, 3, 5).slice(0, 0, 1).fill(value);
        Npy.write(path("x.npy"), spoiled);
        Terminal run =
            predict(
                "--input", "DIR/x.npy", "--input", "lengths=DIR/lengths.npy", "--out", "DIR/y.npy");
        assertEquals(0, run.exit(), run.err());
        Tensor expected = each.predict(zeros, Mask.ofLengths(5, 3, 5));
        assertArrayEquals(expected.toArray(), Npy.read(path("y.npy")).toArray());
      }
    }
  }

  @Test
  void refusesNotANumberBeforeThePadding() throws IOException {
    x.set(Float.NaN, 0, 2, 1);
    Npy.write(path("x.npy"), x);
    refused(
        "DIR/x.npy: expected finite numbers, got NaN at [0, 2, 1]; fill it in or leave the sequence out",
        "--input",
        "DIR/x.npy",
        "--input",
        "lengths=DIR/lengths.npy",
        "--out",
        "DIR/y.npy");
  }

  /** A step of nothing but the infinity that the model masks is padding; part of one is not. */
  @Test
  void takesTheInfinityThatAModelMasks() throws IOException {
    float infinity = Float.POSITIVE_INFINITY;
    Sequential masked = Sequential.of(Masking.of(infinity), Lstm.of(3)).build(2, 5);
    ModelFile.save(masked, path("model.safetensors"));
    x.slice(1, 0, 2).fill(infinity);
    Npy.write(path("x.npy"), x);
    String[] args = {"--input", "DIR/x.npy", "--out", "DIR/y.npy"};
    Terminal run = predict(args);
    assertEquals(0, run.exit(), run.err());
    Tensor alone = masked.predict(x.slice(1, 2, 5));
    assertArrayEquals(alone.toArray(), Npy.read(path("y.npy")).toArray());
    x.set(3, 0, 0, 1);
    Npy.write(path("x.npy"), x);
    refused(
        "DIR/x.npy: expected finite numbers, got Infinity at [0, 0, 0]; fill it in or leave the sequence out",
        args);
  }
}
