package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.formats.SafeTensors;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the library refuses, in the words of the command line: no call of Java is among them. */
class MessagesTest {
  /** A call, save those of NumPy and of Keras, and a class with a member. */
  private static final Pattern JAVA =
      Pattern.compile(
          "(?<!x\\.)(?<!numpy\\.)(?<!\\ba\\.)(?<!model\\.)\\b[a-z]\\w*\\([^)]*\\)"
              + "|\\b(Sequential|Predictor|PredictorOptions|FitOptions|Sequences|WeightFormat|ModelReader|KerasFile)\\b");

  @TempDir private Path directory;

  private static Sequential lstm() {
    return Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 1);
  }

  private static Sequential ids() {
    return Sequential.of(Embedding.of(9, 2), Lstm.of(3)).build(1);
  }

  private static Sequential conv() {
    return Sequential.of(Conv1d.of(3, 4), Lstm.of(2)).build(2, 1);
  }

  private static Sequential flat() {
    return Sequential.of(Flatten.of(), Dense.of(1)).build(6, 2, 1);
  }

  private static Arguments refused(Sequential model, String message, long... shape) {
    return arguments(model, message, shape);
  }

  private static Stream<Arguments> inputs() {
    return Stream.of(
        refused(
            lstm(),
            "Lstm \"lstm\": input is (2, 5, 3) but this layer takes features=2: axis 2 is 3. Give it the features that it"
                + " was built with",
            2,
            5,
            3),
        refused(
            lstm(),
            "Lstm \"lstm\": input is (4, 2, 5) but this layer takes features=2: axis 2 is 5. Axis 1 is 2: in NumPy"
                + " x.transpose(0, 2, 1) -> (4, 5, 2) swaps the two; reshaping to (4, 5, 2) would scramble them",
            4,
            2,
            5),
        refused(
            lstm(),
            "the model needs (batch, timesteps, features), got the 2-D (5, 2). This model takes features=2. One sequence"
                + " whose rows are timesteps: in NumPy x[None] -> (1, 5, 2). For a model of other features: Two series,"
                + " one a column: in NumPy x.T[:, :, None] -> (2, 5, 1); reshaping to (2, 5, 1) would scramble them."
                + " Five series, one a row: in NumPy x[:, :, None] -> (5, 2, 1). One sequence whose columns are"
                + " timesteps: in NumPy x.T[None] -> (1, 2, 5)",
            5,
            2),
        refused(
            lstm(),
            "the model needs (batch, timesteps, features), got the 1-D (5). One sequence of one feature: in NumPy"
                + " x.reshape(1, 5, 1) -> (1, 5, 1)",
            5),
        refused(
            lstm(),
            "the model needs (batch, timesteps, features), got the 4-D (3, 1, 5, 2). Axis 1 has length 1: in NumPy"
                + " x.squeeze(1) drops it",
            3,
            1,
            5,
            2),
        refused(
            conv(),
            "Conv1d \"conv1d\": timesteps=3, but with padding VALID this layer needs 4 or more: kernelSize=4",
            1,
            3,
            2),
        refused(
            flat(),
            "the model: input is (1, 5, 2) but the model was built for timesteps=6, on which the output of Flatten"
                + " \"flatten\" depends: axis 1 is 5. Pad or cut it to 6 steps",
            1,
            5,
            2),
        refused(
            ids(),
            "Embedding \"embedding\" needs token ids (batch, timesteps), got the 1-D (5). One sequence: in NumPy x[None] ->"
                + " (1, 5)",
            5),
        refused(
            ids(),
            "Embedding \"embedding\" needs token ids (batch, timesteps), got the 3-D (2, 5, 1). Axis 2 has length 1: in"
                + " NumPy x.squeeze(2) drops it",
            2,
            5,
            1));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void ofInputsThatDoNotFit(Sequential model, String message, long[] shape) {
    Path file = directory.resolve("m.safetensors");
    Path x = directory.resolve("x.npy");
    ModelFile.save(model, file);
    Tensor array = Tensor.zeros(shape);
    Npy.write(x, array);
    Terminal run = predict("" + file, "" + x);
    assertEquals("lanewise: " + x + " " + array.shape() + ": " + message + "\n", run.err());
    assertEquals(2, run.exit());
    assertFalse(JAVA.matcher(message).find(), message);
  }

  private Terminal predict(String model, String x, String... more) {
    Stream<String> args =
        Stream.of("predict", "--model", model, "--input", x, "--out", directory + "/y.npy");
    return Terminal.run(Stream.concat(args, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void ofLengthsThatNothingReads() {
    Path file = directory.resolve("m.safetensors");
    Path x = directory.resolve("x.npy");
    Path lengths = directory.resolve("l.npy");
    ModelFile.save(flat(), file);
    Npy.write(x, Tensor.zeros(1, 6, 2));
    Npy.write(lengths, Tensor.ofInts(new int[] {3}, 1));
    assertEquals(
        "lanewise: "
            + lengths
            + " (1), "
            + x
            + " (1, 6, 2): nothing reads the mask: it ends at Flatten \"flatten\", which mixes padded"
            + " steps with the others, before any Lstm\n",
        predict("" + file, "" + x, "--input", "lengths=" + lengths).err());
  }

  @Test
  void ofFilesOfWeightsAlone() {
    Path weights = directory.resolve("w.safetensors");
    SafeTensors.write(weights, Map.of("k/v", Tensor.zeros(2)), Map.of());
    assertEquals(
        "lanewise: "
            + weights
            + ": expected a Lanewise model, with \"lanewise.architecture\" in its metadata, got only the tensors k/v;"
            + " the weights alone do not say which layers they belong to: give those as JSON, --config C.json\n",
        Terminal.run("inspect", "" + weights).err());
    String keras =
        Path.of("..", "formats", "src", "test", "resources", "keras-lstm", "weights.h5").toString();
    String err = Terminal.run("inspect", keras).err();
    assertFalse(JAVA.matcher(err.replace(keras, "")).find(), err);
    assertEquals(true, err.endsWith("from model.to_json(): --config C.json\n"), err);
  }

  /** Of training: the settings that the command has. */
  @Test
  void ofTrainingThatOverflows() {
    Path data = Weather.write(directory, Weather.lines(60));
    Terminal run =
        Terminal.run(
            "train",
            "--data",
            "" + data,
            "--target",
            "high",
            "--window",
            "5",
            "--lr",
            "1e30",
            "--layers",
            "lstm:4:relu,dense:1",
            "--out",
            directory + "/out");
    String last = run.err().lines().toList().getLast();
    assertFalse(JAVA.matcher(last).find(), last);
    assertEquals(
        "Try --lr below 1.0E30; --clip 1; in --layers tanh instead of RELU in Lstm \"lstm\", whose state is unbounded",
        last.substring(last.indexOf("Try ")));
  }

  /** Messages whose causes a command does not meet, or only in files that it would not write. */
  private static Stream<Arguments> words() {
    return Stream.of(
        arguments(
            "Predictor: weight dense/kernel holds NaN at (0, 0), but WeightFormat.INT8 takes finite weights. FLOAT32 and"
                + " BFLOAT16 take any",
            "weight dense/kernel holds NaN at (0, 0), but --weights int8 takes finite weights. f32 and bf16 take any"),
        arguments(
            "m.safetensors: expected layers that fit together, got \"Sequential.of: Lstm(units=4) needs (batch, timesteps,"
                + " features), but Lstm \"a\" (units=3) before it returns only its last step, (batch, 3). Let that one return"
                + " every step: Lstm.builder(3).returnSequences(true).name(\"a\").build()\"",
            "m.safetensors: expected layers that fit together, got \"Lstm(units=4) needs (batch, timesteps, features), but Lstm"
                + " \"a\" (units=3) before it returns only its last step, (batch, 3)\""),
        arguments(
            "w.keras: this looks like a .keras archive, which holds its config: KerasFile.load(file)",
            "w.keras: this looks like a .keras archive: leave --config out"),
        arguments(
            "t.csv: expected one reading; CsvOptions.decimal('.') reads the first,"
                + " CsvOptions.decimal(',') the second",
            "t.csv: expected one reading; --decimal . reads the first, --decimal , the second"),
        arguments(
            "t.csv: got \"warm\"; or where it stands for a missing value,"
                + " CsvOptions.missing(List.of(\"warm\"))",
            "t.csv: got \"warm\"; or where it stands for a missing value, --missing \"warm\""),
        arguments(
            "t.csv: remove it; or CsvOptions.header(false) leaves it out", "t.csv: remove it"),
        arguments(
            "60 rows, of which heldBack(0.2) leaves 48 to train on; window(90) and horizon(3) need 93 or more. Bring more rows"
                + " or lower window(90)",
            "60 rows, of which --validation 0.2 leaves 48 to train on; --window 90 and --horizon 3 need 93 or more. Bring more"
                + " rows or lower --window"),
        arguments(
            "t.csv: series(\"a \\b\") forecasts each, or series(COL)",
            "t.csv: --series \"a \\b\" forecasts each, or --series COL"),
        arguments("missing(-200) takes it for missing", "--missing -200 takes it for missing"),
        arguments(
            "lower the window, or fill the gaps (Fill.FORWARD)",
            "lower --window, or fill the gaps (--fill forward)"),
        arguments(
            "CsvOptions.decimal('.') reads the first, CsvOptions.decimal(',') the second",
            "--decimal . reads the first, --decimal , the second"),
        arguments("Lstm.csv: expected a file", "Lstm.csv: expected a file"),
        arguments("data/Dense.npy: expected a file", "data/Dense.npy: expected a file"));
  }

  @ParameterizedTest
  @MethodSource("words")
  void ofOtherCauses(String library, String command) {
    assertEquals(command, CommandWords.of(library));
  }
}
