package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Concatenate;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.States;
import dev.lanewise.lstm.Value;
import dev.lanewise.lstm.ValueWithStates;
import dev.lanewise.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions of models whose inputs and outputs have names. */
class PredictGraphTest {
  @TempDir private Path directory;
  private Model model;
  private Tensor sensors;
  private Tensor site;
  private Map<String, Tensor> expected;

  @BeforeEach
  void saveAModel() {
    model = two("sensors", "site/v1.0-b");
    ModelFile.save(model, path("m.safetensors"));
    sensors = random(5, 4, 3);
    site = random(5, 2);
    Npy.write(path("s.npy"), sensors);
    Npy.write(path("t.npy"), site);
    expected = model.predict(Map.of("sensors", sensors, "site/v1.0-b", site));
  }

  private static Model two(String one, String other) {
    Value a = Input.sequences(one, 3);
    Value b = Input.rows(other, 2);
    ValueWithStates read = Lstm.of(4).applyWithState(a);
    Value load = Dense.of(1).apply(Concatenate.of().apply(read.y(), b)).named("load");
    return Model.of(List.of(a, b), List.of(load, read.states().c().getFirst())).build(1);
  }

  private static Tensor random(long... dims) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[(int) Tensor.zeros(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, dims);
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  /** Files are named without their directory. */
  private Terminal predict(String... options) {
    List<String> all = new ArrayList<>(List.of("predict", "--model", "" + path("m.safetensors")));
    for (int i = 0; i < options.length; i += 2) {
      String value = options[i + 1];
      int name = value.lastIndexOf('=') + 1;
      all.add(options[i]);
      all.add(value.substring(0, name) + path(value.substring(name)));
    }
    return Terminal.run(all.toArray(String[]::new));
  }

  private void refused(String message, String... options) throws IOException {
    Terminal run = predict(options);
    assertEquals(2, run.exit(), run.out());
    String said = run.err().replace(directory + File.separator, "");
    assertEquals("lanewise: " + message + "\n", said.replace("\r\n", "\n"));
    try (Stream<Path> files = Files.list(directory)) {
      assertFalse(files.anyMatch(each -> each.getFileName().toString().startsWith("y")));
    }
  }

  private void assertOutput(String name, String file) {
    Tensor wanted = expected.get(name);
    Tensor got = Npy.read(path(file));
    assertEquals(wanted.shape(), got.shape());
    assertArrayEquals(wanted.toArray(), got.toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "sensors=s.npy, site/v1.0-b=t.npy, load=y.npy, lstm/c=y2.npy",
    "site/v1.0-b=t.npy, sensors=s.npy, lstm/c=y2.npy, load=y.npy",
    "in0=s.npy, in1=t.npy, out0=y.npy, out1=y2.npy",
    "in1=t.npy, sensors=s.npy, out1=y2.npy, load=y.npy",
    "keras_tensor=s.npy, keras_tensor_1=t.npy, load=y.npy, lstm/c=y2.npy",
    "keras_tensor_10=t.npy, keras_tensor_9=s.npy, load=y.npy, lstm/c=y2.npy",
  })
  void takesEveryName(String one, String other, String load, String state) {
    Terminal run = predict("--input", one, "--input", other, "--out", load, "--out", state);
    assertEquals(0, run.exit(), run.err());
    assertOutput("load", "y.npy");
    assertOutput("lstm/c", "y2.npy");
  }

  @Test
  void saysEachInputAndOutputWithItsShape() {
    Terminal run = predict("--input", "in1=t.npy", "--input", "in0=s.npy", "--out", "load=y.npy");
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        "sensors s.npy (5, 4, 3), site/v1.0-b t.npy (5, 2) -> load y.npy (5, 1)",
        run.out().replace(directory + File.separator, "").strip());
    assertFalse(Files.exists(path("y2.npy")));
  }

  @Test
  void itsOwnNamesGoBeforePlaces() {
    ModelFile.save(two("in1", "keras_tensor_7"), path("m.safetensors"));
    Terminal run =
        predict("--input", "in1=s.npy", "--input", "keras_tensor_7=t.npy", "--out", "load=y.npy");
    assertEquals(0, run.exit(), run.err());
    assertOutput("load", "y.npy");
  }

  @Test
  void takesNamesOfAnyLetters() {
    ModelFile.save(two("größe=a", "größe"), path("m.safetensors"));
    Terminal run =
        predict("--input", "größe=t.npy", "--input", "größe=a=s.npy", "--out", "load=y.npy");
    assertEquals(0, run.exit(), run.err());
    assertOutput("load", "y.npy");
  }

  @Test
  void needsNoNameWhereThereIsOne() {
    Value x = Input.sequences("only", 3);
    ValueWithStates read = Lstm.of(2).applyWithState(x);
    ValueWithStates next = Lstm.of(2).applyWithState(x, read.states());
    Model one = Model.of(x, next.y().named("end")).build(1);
    ModelFile.save(one, path("m.safetensors"));
    Terminal run = predict("--input", "s.npy", "--out", "y.npy");
    assertEquals(0, run.exit(), run.err());
    expected = one.predict(Map.of("only", sensors));
    assertOutput("end", "y.npy");
  }

  @Test
  void readsTablesByWhatTheInputIs() {
    Value past = Input.sequences("past", 2);
    Value words = Input.ids("words");
    Value site = Input.rows("site", 2);
    Value all =
        Concatenate.of()
            .apply(Lstm.of(2).apply(past), Lstm.of(3).apply(Embedding.of(9, 2).apply(words)), site);
    Model three = Model.of(List.of(past, words, site), List.of(all.named("a,b"))).build(1);
    ModelFile.save(three, path("m.safetensors"));
    Tensor table = random(6, 2);
    Tensor ids = Tensor.of(new float[] {3, 1, 4}, 1, 3);
    Tensor row = random(1, 2);
    CsvTable.of(List.of("a", "b"), table).write(path("past.csv"));
    CsvTable.of(List.of("a", "b", "c"), ids).write(path("words.csv"));
    CsvTable.of(List.of("a", "b"), row).write(path("site.csv"));
    Terminal run =
        predict(
            "--input",
            "past=past.csv",
            "--input",
            "words=words.csv",
            "--input",
            "site=site.csv",
            "--out",
            "out0=y.csv");
    assertEquals(0, run.exit(), run.err());
    Tensor wanted =
        three
            .predict(Map.of("past", table.reshape(1, 6, 2), "words", ids.toInt(), "site", row))
            .get("a,b");
    CsvTable y = CsvTable.read(path("y.csv"));
    assertEquals("a,b0", y.columns().getFirst());
    assertArrayEquals(wanted.toArray(), y.numbers(y.columns()).toArray());
  }

  @ParameterizedTest
  @CsvSource({"lengths", "sensors.lengths", "in0.lengths"})
  void skipsThePadding(String name) {
    Tensor padded = sensors.copy();
    padded.set(Float.NaN, 1, 3, 0);
    Npy.write(path("s.npy"), padded);
    int[] lengths = {4, 2, 1, 4, 3};
    Npy.write(path("l.npy"), Tensor.ofInts(lengths, 5));
    Terminal run =
        predict(
            "--input",
            "sensors=s.npy",
            "--input",
            "in1=t.npy",
            "--input",
            name + "=l.npy",
            "--out",
            "load=y.npy");
    assertEquals(0, run.exit(), run.err());
    expected =
        model.predict(
            Map.of("sensors", sensors, "site/v1.0-b", site),
            Map.of("sensors", Mask.ofLengths(4, lengths)));
    assertOutput("load", "y.npy");
  }

  /** States come in and go out as inputs and outputs of the model. */
  @Test
  void handsStatesFromRunToRun() {
    Value x = Input.sequences("x", 3);
    Value h = Input.rows("h", 4);
    Value c = Input.rows("c", 4);
    ValueWithStates read = Lstm.of(4).applyWithState(x, States.of(h, c));
    List<Value> outputs =
        List.of(
            read.y().named("y"),
            read.states().h().getFirst().named("h"),
            read.states().c().getFirst().named("c"));
    ModelFile.save(Model.of(List.of(x, h, c), outputs).build(1), path("m.safetensors"));
    Npy.write(path("h.npy"), Tensor.zeros(5, 4));
    Npy.write(path("c.npy"), Tensor.zeros(5, 4));
    Npy.write(path("first.npy"), sensors.slice(1, 0, 2));
    Npy.write(path("rest.npy"), sensors.slice(1, 2, 4));
    for (String part : List.of("s.npy", "first.npy", "rest.npy")) {
      String suffix = part.equals("s.npy") ? "all.npy" : ".npy";
      Terminal run =
          predict(
              "--input",
              "x=" + part,
              "--input",
              "h=h.npy",
              "--input",
              "c=c.npy",
              "--out",
              "y=y" + suffix,
              "--out",
              "h=h" + suffix,
              "--out",
              "c=c" + suffix);
      assertEquals(0, run.exit(), run.err());
    }
    assertArrayEquals(Npy.read(path("yall.npy")).toArray(), Npy.read(path("y.npy")).toArray());
    assertArrayEquals(Npy.read(path("call.npy")).toArray(), Npy.read(path("c.npy")).toArray());
  }

  private static final String THEIRS = "the model's inputs are sensors, site/v1.0-b";

  @Test
  void refusesNamesThatItDoesNotHave() throws IOException {
    String out = "the model's outputs are load, lstm/c";
    refused(
        "--input x=s.npy: expected one of the names of the model; " + THEIRS,
        "--input",
        "x=s.npy",
        "--input",
        "in1=t.npy",
        "--out",
        "load=y.npy");
    refused(
        "--input in2=s.npy: expected one of the names of the model; " + THEIRS,
        "--input",
        "in2=s.npy",
        "--input",
        "in1=t.npy",
        "--out",
        "load=y.npy");
    refused(
        "--input s.npy: expected --input NAME=s.npy; " + THEIRS,
        "--input",
        "s.npy",
        "--input",
        "in1=t.npy",
        "--out",
        "load=y.npy");
    refused(
        "--out lstm/h=y.npy: expected one of the names of the model; " + out,
        "--input",
        "in0=s.npy",
        "--input",
        "in1=t.npy",
        "--out",
        "lstm/h=y.npy");
    refused(
        "--out y.npy: expected --out NAME=y.npy; " + out,
        "--input",
        "in0=s.npy",
        "--input",
        "in1=t.npy",
        "--out",
        "y.npy");
    refused(
        "--out load=y2.npy: load is given twice",
        "--input",
        "in0=s.npy",
        "--input",
        "in1=t.npy",
        "--out",
        "out0=y.npy",
        "--out",
        "load=y2.npy");
    refused(
        "--input in0=t.npy: sensors is given twice",
        "--input",
        "sensors=s.npy",
        "--input",
        "in0=t.npy",
        "--out",
        "load=y.npy");
    refused(
        "--input: expected site/v1.0-b too, add --input site/v1.0-b=FILE; " + THEIRS,
        "--input",
        "sensors=s.npy",
        "--out",
        "load=y.npy");
    refused(
        "--input keras_tensor_3=t.npy: expected one of the names of the model; " + THEIRS,
        "--input",
        "sensors=s.npy",
        "--input",
        "keras_tensor_3=t.npy",
        "--out",
        "load=y.npy");
    refused(
        "--input: expected 2 of them, for Keras's own names stand for places, got keras_tensor_3; "
            + THEIRS,
        "--input",
        "keras_tensor_3=t.npy",
        "--out",
        "load=y.npy");
    refused(
        "--input h0=t.npy: expected one of the names of the model; " + THEIRS,
        "--input",
        "sensors=s.npy",
        "--input",
        "in1=t.npy",
        "--input",
        "h0=t.npy",
        "--out",
        "load=y.npy");
  }

  @Test
  void refusesLengthsOfWhatHasNone() throws IOException {
    Npy.write(path("l.npy"), Tensor.ofInts(new int[] {4, 2, 1, 4}, 4));
    String[] given = {"--input", "in0=s.npy", "--input", "in1=t.npy", "--out", "load=y.npy"};
    refused(
        "--input site/v1.0-b.lengths=l.npy: expected lengths of one of the sequences,"
            + " sensors.lengths",
        with(given, "--input", "site/v1.0-b.lengths=l.npy"));
    refused(
        "l.npy (4): expected (5), a length for each sample of s.npy (5, 4, 3)",
        with(given, "--input", "lengths=l.npy"));
    ModelFile.save(twoSequences(), path("m.safetensors"));
    refused(
        "--input lengths=l.npy: expected lengths of one of the sequences, a.lengths, b.lengths",
        with(given, "--input", "lengths=l.npy"));
  }

  private static Model twoSequences() {
    Value a = Input.sequences("a", 3);
    Value b = Input.sequences("b", 2);
    Value all = Concatenate.of().apply(Lstm.of(2).apply(a), Lstm.of(2).apply(b));
    return Model.of(List.of(a, b), List.of(all.named("load"))).build(1);
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void refusesInputsThatDoNotFit() throws IOException {
    Npy.write(path("four.npy"), random(4, 2));
    refused(
        "s.npy (5, 4, 3), four.npy (4, 2): \"sensors\" is (5, 4, 3), \"site/v1.0-b\" is (4, 2);"
            + " axis 0 counts the samples of both",
        "--input",
        "in0=s.npy",
        "--input",
        "in1=four.npy",
        "--out",
        "load=y.npy");
    Tensor spoiled = site.copy();
    spoiled.set(Float.NaN, 3, 1);
    Npy.write(path("nan.npy"), spoiled);
    refused(
        "nan.npy: expected finite numbers, got NaN at [3, 1]; fill it in or leave the sequence out",
        "--input",
        "in0=s.npy",
        "--input",
        "in1=nan.npy",
        "--out",
        "load=y.npy",
        "--out",
        "lstm/c=y2.npy");
    Terminal run = predict("--input", "in0=t.npy", "--input", "in1=t.npy", "--out", "load=y.npy");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("input \"sensors\": "), run.err());
    assertFalse(run.err().contains("Predictor."), run.err());
    Terminal stdin =
        Terminal.run(
            "predict",
            "--model",
            "" + path("m.safetensors"),
            "--input",
            "in0=-",
            "--input",
            "in1=-",
            "--out",
            "load=" + path("y.npy"));
    assertTrue(
        stdin.err().contains("--input -: expected stdin once, got it for sensors and site/v1.0-b"),
        stdin.err());
  }

  @Test
  void refusesWindows() {
    String input = "in0=" + path("s.npy");
    String other = "in1=" + path("t.npy");
    String out = "load=" + path("y.npy");
    Terminal run =
        Terminal.run(
            "predict",
            "--model",
            "" + path("m.safetensors"),
            "--input",
            input,
            "--input",
            other,
            "--out",
            out,
            "--all-windows");
    assertEquals(2, run.exit());
    assertEquals(
        "lanewise: --all-windows: expected a model of the command train, which has a window; leave"
            + " it out",
        run.err().strip());
    assertFalse(Files.exists(path("y.npy")));
  }

  @Test
  void inspectsAsText() {
    Terminal text = Terminal.run("inspect", "" + path("m.safetensors"));
    assertEquals(0, text.exit(), text.err());
    assertEquals(
        model.summary()
            + "\nInput: sensors (batch, timesteps, 3)"
            + "\nInput: site/v1.0-b (batch, 2)"
            + "\nOutput: load (batch, 1), of dense"
            + "\nOutput: lstm/c (batch, 4), of lstm its state c"
            + "\nFormat: Lanewise"
            + "\nFingerprint: "
            + model.fingerprint(),
        text.out().strip());
    assertTrue(text.out().contains("lstm, site/v1.0-b"), text.out());
  }

  @Test
  void inspectsAsJson() {
    Terminal json = Terminal.run("inspect", "--json", "" + path("m.safetensors"));
    assertEquals(0, json.exit(), json.err());
    String said = json.out().replaceAll("\\s+", "");
    assertTrue(
        said.contains(
            "\"inputs\":[{\"name\":\"sensors\",\"kind\":\"sequences\",\"axes\":[\"batch\","
                + "\"timesteps\",3]},{\"name\":\"site/v1.0-b\",\"kind\":\"rows\","
                + "\"axes\":[\"batch\",2]}],\"outputs\":[{\"name\":\"load\",\"layer\":\"dense\","
                + "\"axes\":[\"batch\",1]},{\"name\":\"lstm/c\",\"layer\":\"lstm\","
                + "\"state\":\"c\",\"axes\":[\"batch\",4]}],\"parameters\":"
                + model.parameterCount()),
        json.out());
    assertTrue(said.contains("\"reads\":[\"lstm\",\"site/v1.0-b\"]"), json.out());
    assertFalse(said.contains("\"features\":"), json.out());
  }

  @Test
  void convertsToTheSameBytes() throws IOException {
    Path again = path("again.safetensors");
    Terminal run = Terminal.run("convert", "" + path("m.safetensors"), "" + again);
    assertEquals(0, run.exit(), run.err());
    assertEquals(-1, Files.mismatch(path("m.safetensors"), again));
  }
}
