package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each is one message, exit code 2, and no file that was not there before. */
class BadInputTest {
  @TempDir private Path directory;
  private List<Path> before = List.of();

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted().toList();
    }
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private Path weather(int row, String line) throws IOException {
    List<String> lines = Weather.lines(100);
    lines.set(row - 1, line);
    Weather.write(directory, lines);
    before = files();
    return path("weather.csv");
  }

  @BeforeEach
  void writeGoodInput() throws IOException {
    Weather.write(directory, Weather.lines(100));
    ModelFile.save(Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 1), path("model.safetensors"));
    Npy.write(path("x.npy"), Tensor.zeros(2, 5, 2));
    before = files();
  }

  @AfterEach
  void leavesNoFileBehind() throws IOException {
    assertEquals(before, files());
  }

  private void train(String message, String... args) {
    String[] base = {"train", "--data", path("weather.csv").toString(), "--epochs", "1"};
    refused(
        message, Stream.concat(Arrays.stream(base), Arrays.stream(args)).toArray(String[]::new));
  }

  private void refused(String message, String... args) {
    Terminal run = Terminal.run(args);
    assertEquals("lanewise: " + message.replace("DIR", directory.toString()) + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(2, run.exit());
  }

  @Test
  void aMissingColumn() {
    train(
        "DIR/weather.csv: expected a column \"hihg\", got the columns date, high, low, sky; did you mean \"high\"?",
        "--target",
        "hihg",
        "--out",
        path("out").toString());
  }

  @Test
  void textInANumericColumn() throws IOException {
    weather(8, "2020-01-07,warm,3.0,sun");
    train(
        "DIR/weather.csv, row 8, column \"high\": expected a number or a missing cell, got \"warm\"; correct the cell; or"
            + " where it stands for a missing value, --missing \"warm\"",
        "--target",
        "high",
        "--out",
        path("out").toString());
  }

  @Test
  void anInfiniteNumberInTheData() throws IOException {
    weather(8, "2020-01-07,1e999,3.0,sun");
    train(
        "DIR/weather.csv, row 8, column \"high\": expected a finite number, got \"1e999\"; fill it in, leave the row out, or"
            + " leave the column out",
        "--target",
        "high",
        "--out",
        path("out").toString());
  }

  @Test
  void fewerRowsThanTheWindow() {
    train(
        "DIR/weather.csv: 100 rows, of which --validation 0.2 leaves 80 to train on; --window 90 and --horizon 1, with 1 before"
            + " for the change, need 92 or more. Bring more rows or lower --window",
        "--target",
        "high",
        "--window",
        "90",
        "--out",
        path("out").toString());
  }

  @Test
  void anOutThatCannotBeWritten() {
    train(
        "--out DIR/weather.csv is a file, expected a directory (new or not)",
        "--target",
        "high",
        "--out",
        path("weather.csv").toString());
    train(
        "--out DIR/weather.csv/out cannot be written (FileAlreadyExistsException: DIR/weather.csv); choose another directory",
        "--target",
        "high",
        "--out",
        path("weather.csv").resolve("out").toString());
  }

  @Test
  void aModelFileCutShort() throws IOException {
    Path model = path("model.safetensors");
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(whole, whole.length - 100));
    Terminal run =
        Terminal.run(
            "predict",
            "--model",
            model.toString(),
            "--input",
            path("x.npy").toString(),
            "--out",
            path("y.npy").toString());
    assertEquals(2, run.exit());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
    assertEquals(true, run.err().contains("the file is cut short: copy it again"), run.err());
  }

  @Test
  void anInputWhoseFeaturesDiffer() throws IOException {
    Npy.write(path("x.npy"), Tensor.zeros(2, 5, 3));
    refused(
        "DIR/x.npy (2, 5, 3): Lstm \"lstm\": input is (2, 5, 3) but this layer takes features=2: axis 2 is 3. Give it the features that it was built with",
        "predict",
        "--model",
        path("model.safetensors").toString(),
        "--input",
        path("x.npy").toString(),
        "--out",
        path("y.npy").toString());
  }

  @Test
  void notANumberInTheInput() throws IOException {
    Tensor x = Tensor.zeros(2, 5, 2);
    x.set(Float.NaN, 1, 3, 0);
    Npy.write(path("x.npy"), x);
    refused(
        "DIR/x.npy: expected finite numbers, got NaN at [1, 3, 0]; fill it in or leave the sequence out",
        "predict",
        "--model",
        path("model.safetensors").toString(),
        "--input",
        path("x.npy").toString(),
        "--out",
        path("y.npy").toString());
  }

  @Test
  void aPredictionThatCannotBeWritten() {
    refused(
        "DIR/none/y.npy: expected a directory to write in, got none at DIR/none; create it, or choose another",
        "predict",
        "--model",
        path("model.safetensors").toString(),
        "--input",
        path("x.npy").toString(),
        "--out",
        path("none/y.npy").toString());
  }

  @Test
  void layersThatAreNone() {
    train(
        "--layers simplern:3: \"simplern:3\" is no layer; did you mean rnn:UNITS?",
        "--target",
        "high",
        "--layers",
        "simplern:3",
        "--out",
        path("out").toString());
    train(
        "--layers dense:1: no layer reads the time; begin with lstm:UNITS, gru:UNITS, or conv1d:FILTERS:WIDTH",
        "--target",
        "high",
        "--layers",
        "dense:1",
        "--out",
        path("out").toString());
    train(
        "--layers lstm:3,dense:2: the last layer gives 2 values a window, expected 1, one a forecast; end the list with dense:1",
        "--target",
        "high",
        "--layers",
        "lstm:3,dense:2",
        "--out",
        path("out").toString());
  }

  @Test
  void numbersOutOfRange() {
    train(
        "--window 0: expected 1 or more",
        "--target",
        "high",
        "--window",
        "0",
        "--out",
        path("out").toString());
    train(
        "--validation 1.5: expected a fraction from 0 to below 1, such as 0.2",
        "--target",
        "high",
        "--validation",
        "1.5",
        "--out",
        path("out").toString());
  }

  @Test
  void aCommandThatIsNone() {
    refused(
        "which command? train, fit, forecast, predict, inspect, convert, doctor, bench, examples\nUsage: lanewise --help");
    refused("no command trian; did you mean train?\nUsage: lanewise --help", "trian");
    refused(
        "no command frobnicate; there are train, fit, forecast, predict, inspect, convert, doctor, bench, examples\nUsage: lanewise --help",
        "frobnicate");
  }

  /** The option that a misspelt one is nearest to, also where a required one is then missing. */
  @ParameterizedTest
  @CsvSource({
    "--epoch, --epochs, train --data d.csv --target t --out o --epoch 20",
    "--epoch, --epochs, train --data d.csv --target t --out o --epoch=20",
    "--bacth, --batch, train --data d.csv --target t --out o --bacth 3",
    "--traget, --target, train --data d.csv --traget t --out o",
    "--modle, --model, predict --modle m --input x.npy --out y.npy",
    "--weight, --weights, predict --model m --input x.npy --out y.npy --weight int8",
    "--all-window, --all-windows, predict --model m --input x.csv --out y.csv --all-window",
    "--jsno, --json, inspect --jsno m",
    "--confg, --config, convert --confg c a b"
  })
  void anOptionThatIsNone(String given, String meant, String line) {
    String[] args = line.split(" ");
    refused(
        "no option "
            + given
            + "; did you mean "
            + meant
            + "?\nUsage: lanewise "
            + args[0]
            + " --help",
        args);
  }

  @Test
  void anOptionLikeNoneAndWhatIsNoOption() {
    refused(
        "no option --frobnicate\nUsage: lanewise inspect --help", "inspect", "--frobnicate", "m");
    String usage = "\nUsage: lanewise predict --help";
    String[] args = {"predict", "--model", "m", "--input", "x.npy", "--out", "y.npy", "z.npy"};
    refused("expected options only, got \"z.npy\"" + usage, args);
  }

  @Test
  void aPathThatIsNone() {
    assumeFalse(GivenLauncher.isThere(), "no process can be given such an argument");
    refused(
        "Invalid value for option '--model': expected a path, got one that this system cannot name"
            + " (nul character not allowed)\nUsage: lanewise predict --help",
        "predict",
        "--model",
        "a\0b",
        "--input",
        "x.npy",
        "--out",
        "y.npy");
    refused(
        "--input: expected a path, got one that this system cannot name (nul character not allowed)",
        "predict",
        "--model",
        "m",
        "--input",
        "x=a\0b.npy",
        "--out",
        "y.npy");
  }

  @Test
  void aFeatureWithCommasOutsideQuotes() throws IOException {
    Files.writeString(path("commas.csv"), "\"t, max\",b\n1,2\n3,4\n");
    before = files();
    String[] args = {
      "train", "--data", "" + path("commas.csv"), "--target", "b", "--out", "o", "--features", ""
    };
    args[8] = "t, max";
    refused("--features t, max: a name that holds a comma is given in quotes: '\"t, max\"'", args);
    args[8] = "\"t, max";
    refused(
        "--features \"t, max: expected names with commas between them, in quotes where they hold one (\"a,b\",c), got"
            + " \"t, max",
        args);
    args[8] = "b,\"t, max\", b";
    refused("--features b,\"t, max\",b names a column twice", args);
  }

  @Test
  void aDirectoryToStdout() {
    train(
        "--out -: expected a directory, for train writes several files",
        "--target",
        "high",
        "--out",
        "-");
  }
}
