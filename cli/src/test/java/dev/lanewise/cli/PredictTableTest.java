package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table with a model that knows its columns and its window, and with others. */
class PredictTableTest {
  private static final int WINDOW = 5;

  @TempDir private Path directory;
  private Sequential model;

  private Path path(String name) {
    return directory.resolve(name);
  }

  @BeforeEach
  void write() {
    Weather.write(directory, Weather.lines(20));
    model = Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 1);
    save("high", List.of("low", "high"));
  }

  private void save(String target, List<String> features) {
    FormerModel.save(model, target, features, WINDOW, 1, Map.of(), path("m.safetensors"));
  }

  private Terminal predict(byte[] stdin, String input, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("predict", "--model", "" + path("m.safetensors"), "--input", input));
    args.addAll(List.of(more));
    return Terminal.runWith(stdin, args.toArray(String[]::new));
  }

  private Terminal predict(String... more) {
    return predict(new byte[0], "" + path("weather.csv"), more);
  }

  private Tensor series() {
    return CsvTable.read(path("weather.csv")).numbers(List.of("low", "high"));
  }

  private void refused(Terminal run, String message) {
    assertEquals("lanewise: " + message.replace("DIR", "" + directory) + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(2, run.exit());
  }

  @Test
  void forecastsFromTheLastWindowUnderTheTargetsName() {
    Terminal run = predict("--out", "" + path("y.csv"));
    assertEquals(0, run.exit(), run.err());
    assertEquals(path("weather.csv") + " (1, 5, 2) -> " + path("y.csv") + " (1, 1)\n", run.out());
    CsvTable y = CsvTable.read(path("y.csv"));
    assertEquals(List.of("high"), y.columns());
    Tensor last = series().slice(0, 20 - WINDOW, 20).expandDims(0);
    assertArrayEquals(model.predict(last).toArray(), y.numbers().toArray());
  }

  @Test
  void forecastsFromEachWindow() {
    assertEquals(0, predict("--all-windows", "--out", "" + path("y.csv")).exit());
    Tensor expected = model.predict(Windows.length(WINDOW).inputs(series()));
    assertEquals(Shape.of(20 - WINDOW + 1, 1), expected.shape());
    assertArrayEquals(expected.toArray(), CsvTable.read(path("y.csv")).numbers().toArray());
    predict("--out", "" + path("last.csv"));
    assertEquals(expected.get(20 - WINDOW, 0), CsvTable.read(path("last.csv")).numbers().get(0, 0));
  }

  @Test
  void givesTheStatesOfTheWindows() {
    String[] outs = {"--all-windows", "--out", "" + path("y.npy"), "--out", "h_n=" + path("h.npy")};
    assertEquals(0, predict(outs).exit());
    assertEquals(Shape.of(1, 20 - WINDOW + 1, 4), Npy.read(path("h.npy")).shape());
  }

  @Test
  void refusesTooFewRowsAndAModelWithoutAWindow() throws IOException {
    Weather.write(directory, Weather.lines(4));
    refused(
        predict("--out", "" + path("y.csv")),
        "DIR/weather.csv: expected 5 rows or more without a gap, as many as the model looks back on, got 4");
    Npy.write(path("x.npy"), Tensor.zeros(1, 5, 2));
    String all =
        "--all-windows: expected a CSV, and a model of the command train, which has a window; ";
    refused(
        predict(new byte[0], "" + path("x.npy"), "--all-windows", "--out", "" + path("y.csv")),
        all + "DIR/x.npy is an array: give it as windows");
    ModelFile.save(model, path("m.safetensors"));
    refused(
        predict("--all-windows", "--out", "" + path("y.csv")),
        all + "DIR/weather.csv is one, but the model has no window");
  }

  /** Without a window, and whatever columns it has: unnamed ones, or two of one name. */
  @Test
  void runsATableAsOneSequenceWhereTheModelHasNoWindow() throws IOException {
    ModelFile.save(model, path("m.safetensors"));
    Files.writeString(path("t.csv"), "a,a\n1,2\n3,4\n5,6\n");
    Terminal run = predict(new byte[0], "" + path("t.csv"), "--out", "" + path("y.csv"));
    assertEquals(0, run.exit(), run.err());
    Tensor rows = CsvTable.read(path("t.csv")).numbers();
    CsvTable y = CsvTable.read(path("y.csv"));
    assertEquals(List.of("y0"), y.columns());
    assertArrayEquals(model.predict(Sequences.rows(rows)).toArray(), y.numbers().toArray());
  }

  @Test
  void takesARowOfIdsForASample() throws IOException {
    Sequential ids = Sequential.of(Embedding.of(9, 2), Lstm.of(3)).build(1);
    ModelFile.save(ids, path("m.safetensors"));
    Files.writeString(path("ids.csv"), "a,b\n1,2\n3,4\n5,6\n");
    assertEquals(0, predict(new byte[0], "" + path("ids.csv"), "--out", "" + path("y.npy")).exit());
    assertEquals(Shape.of(3, 3), Npy.read(path("y.npy")).shape());
  }

  /** A model that train wrote can be used on its own table, whatever its columns are called. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "temperature",
        "in Melbourne, Australia, 1981-1990",
        "say \"high\", or",
        " t ",
        "T;\u00b0C",
        "1,5"
      })
  void namesMayHoldAnything(String name) throws IOException {
    List<String> lines = Weather.lines(60);
    String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
    lines.set(0, "date," + quoted + ",low,sky");
    Path data = Weather.write(directory, lines);
    String target = name.strip();
    String[] train = {
      "train",
      "--data",
      "" + data,
      "--target",
      quoted,
      "--features",
      "low," + quoted,
      "--window",
      "5",
      "--epochs",
      "1",
      "--seed",
      "3",
      "--layers",
      "lstm:4,dense:1",
      "--out",
      "" + path("named")
    };
    Terminal run = Terminal.run(train);
    assertEquals(0, run.exit(), run.err());
    Files.copy(path("named/model.safetensors"), path("other"));
    Files.move(
        path("other"), path("m.safetensors"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Terminal predicted = predict("--out", "" + path("y.csv"));
    assertEquals(0, predicted.exit(), predicted.err());
    assertEquals(List.of("time", target), CsvTable.read(path("y.csv")).columns());
    lines.set(0, "date,plain,low,sky");
    Weather.write(directory, lines);
    train[4] = "plain";
    train[6] = "low,plain";
    train[train.length - 1] = "" + path("plain");
    assertEquals(0, Terminal.run(train).exit());
    assertEquals(
        CsvTable.read(path("plain/forecast.csv")).text("forecast"),
        CsvTable.read(path("named/forecast.csv")).text("forecast"));
  }

  // Standard input and output.

  @Test
  void readsAndWritesTablesThroughPipes() throws IOException {
    predict("--out", "" + path("y.csv"));
    byte[] table = Files.readAllBytes(path("weather.csv"));
    Terminal run = predict(table, "-", "--out", "-");
    assertEquals(0, run.exit(), run.err());
    assertEquals(Files.readString(path("y.csv")), run.out());
    assertEquals("stdin (1, 5, 2) -> stdout (1, 1)\n", run.err());
  }

  @Test
  void readsAndWritesArraysThroughPipes() throws IOException {
    Path x = path("x.npy");
    Npy.write(x, Tensor.arange(20).reshape(2, 5, 2));
    predict(new byte[0], "" + x, "--out", "" + path("y.npy"));
    byte[] expected = Files.readAllBytes(path("y.npy"));
    assertArrayEquals(expected, piped(x, "--input", "-", "--out", "-"));
    String states = "h_n=" + path("h.npy");
    assertArrayEquals(expected, piped(x, "--input", "x=-", "--out", "y=-", "--out", states));
    assertEquals(Shape.of(1, 2, 4), Npy.read(path("h.npy")).shape());
  }

  /** What is on stdout with a file on stdin. */
  private byte[] piped(Path input, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("predict", "--model", "" + path("m.safetensors")));
    args.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream trueIn = System.in;
    try (InputStream in = Files.newInputStream(input)) {
      System.setIn(in);
      Terminal run = Terminal.run(new PrintStream(out, true), args.toArray(String[]::new));
      assertEquals(0, run.exit(), run.err());
    } finally {
      System.setIn(trueIn);
    }
    return out.toByteArray();
  }

  @Test
  void readsLengthsThroughAPipe() {
    Npy.write(path("x.npy"), Tensor.arange(20).reshape(2, 5, 2));
    byte[] lengths = "n\n3\n5\n".getBytes(StandardCharsets.UTF_8);
    Terminal run =
        predict(lengths, "" + path("x.npy"), "--input", "lengths=-", "--out", "" + path("y.npy"));
    assertEquals(0, run.exit(), run.err());
    refused(
        predict(lengths, "-", "--input", "lengths=-", "--out", "" + path("y.npy")),
        "--input -: expected stdin once, got it for x and lengths");
  }

  @Test
  void trainsFromAPipe() throws IOException {
    byte[] table = String.join("\n", Weather.lines(60)).getBytes(StandardCharsets.UTF_8);
    String[] args = {
      "train", "--data", "-", "--target", "high", "--window", "5", "--epochs", "1", "--out", ""
    };
    args[args.length - 1] = "" + path("out");
    Terminal run = Terminal.runWith(table, args);
    assertEquals(0, run.exit(), run.err());
    args[4] = "hihg";
    Terminal wrong = Terminal.runWith(table, args);
    refused(
        wrong,
        "stdin: expected a column \"hihg\", got the columns date, high, low, sky; did you mean \"high\"?");
  }

  @Test
  void namesStdinInErrors() {
    refused(
        predict(new byte[0], "-", "--out", "-"),
        "stdin, row 1: expected a header of column names, got an empty file");
    refused(
        predict("PK\3\4".getBytes(StandardCharsets.UTF_8), "-", "--out", "-"),
        "--input -: expected .npy or CSV, got a zip archive; give an .npz as a file");
    refused(
        predict("--out", "-", "--out", "h_n=-"),
        "--out - is given twice; choose a file for each array");
  }
}
