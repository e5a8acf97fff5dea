package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.LayerType;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {
  private static final int DAYS = 200;
  private static final int WINDOW = 10;

  @TempDir private Path directory;

  private Terminal train(Path data, Path out, String... more) {
    String[] base = {
      "train",
      "--data",
      data.toString(),
      "--target",
      "high",
      "--features",
      "high,low",
      "--window",
      "" + WINDOW,
      "--layers",
      "lstm:9,dense:1",
      "--epochs",
      "3",
      "--seed",
      "5",
      "--out",
      out.toString()
    };
    return Terminal.run(Stream.concat(Stream.of(base), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void writesModelHistoryForecastsAndCharts() throws IOException {
    Path data = Weather.write(directory, Weather.lines(DAYS));
    Path out = directory.resolve("deep/out");
    Terminal run = train(data, out);
    assertEquals(0, run.exit(), run.err());
    assertEquals(3, run.err().lines().count(), "a sign of life an epoch: " + run.err());
    for (int epoch = 1; epoch <= 3; epoch++) {
      String line = run.err().lines().toList().get(epoch - 1);
      String form = "epoch " + epoch + " of 3: loss [0-9.]+, held back [0-9.]+(, [0-9:]+ left)?";
      assertTrue(line.matches(form), line);
    }
    assertTrue(run.out().contains("test mean absolute error "), run.out());
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of(
              "errors.png",
              "forecast.csv",
              "forecast.png",
              "history.csv",
              "loss.png",
              "model.safetensors",
              "report.html"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    CsvTable history = CsvTable.read(out.resolve("history.csv"));
    assertEquals(List.of("epoch", "loss", "validation_loss"), history.columns());
    assertEquals(3, history.rows());
    Tensor loss = history.numbers(List.of("loss"));
    assertTrue(loss.get(2, 0) < loss.get(0, 0), "the loss did not fall: " + loss);
    for (String chart : List.of("forecast.png", "errors.png", "loss.png")) {
      assertEquals(1200, ImageIO.read(out.resolve(chart).toFile()).getWidth());
    }
  }

  @Test
  void forecastsEachHeldBackRowFromTheRowsBeforeIt() {
    Path data = Weather.write(directory, Weather.lines(DAYS));
    Path out = directory.resolve("out");
    assertEquals(0, train(data, out).exit());
    CsvTable forecast = CsvTable.read(out.resolve("forecast.csv"));
    assertEquals(List.of("index", "time", "actual", "forecast", "naive"), forecast.columns());
    assertEquals(DAYS / 5, forecast.rows());
    CsvTable table = CsvTable.read(data);
    double[] high = table.doubles("high");
    double[] low = table.doubles("low");
    double[] forecasts = forecast.doubles("forecast");
    ForecastModel model = ForecastFile.load(out.resolve("model.safetensors")).model();
    int reach = model.recipe().rowsNeeded();
    for (int i = 0; i < DAYS / 5; i++) {
      int row = DAYS - DAYS / 5 + i;
      assertEquals("" + row, forecast.cell(i, "index"));
      assertEquals(table.cell(row, "date"), forecast.cell(i, "time"));
      assertEquals(table.cell(row, "high"), forecast.cell(i, "actual"));
      assertEquals(table.cell(row - 1, "high"), forecast.cell(i, "naive"));
      double[][] window = new double[reach][];
      for (int t = 0; t < reach; t++) {
        window[t] = new double[] {high[row - reach + t], low[row - reach + t]};
      }
      assertEquals(model.forecast(window)[0], forecasts[i], "in real units, bit for bit");
    }
  }

  @Test
  void scalesByTheTrainingRowsAlone() throws IOException {
    List<String> lines = Weather.lines(DAYS);
    Path first = directory.resolve("first");
    assertEquals(0, train(Weather.write(directory, lines), first).exit());
    for (int row = DAYS - DAYS / 5; row < DAYS; row++) {
      String date = lines.get(row + 1).split(",", -1)[0];
      lines.set(row + 1, date + "," + (1000 - 37 * row % 11) + "," + -row * row + ",hail");
    }
    Path second = directory.resolve("second");
    assertEquals(0, train(Weather.write(directory, lines), second).exit());
    assertArrayEquals(
        Files.readAllBytes(first.resolve("model.safetensors")),
        Files.readAllBytes(second.resolve("model.safetensors")),
        "what was held back changed the model");
  }

  @Test
  void givesTheSameBytesForTheSameSeedOnAnyNumberOfThreads() throws IOException {
    Path data = Weather.write(directory, Weather.lines(DAYS));
    assertEquals(0, train(data, directory.resolve("one"), "--threads", "1").exit());
    assertEquals(0, train(data, directory.resolve("two"), "--threads", "2").exit());
    for (String name :
        List.of(
            "model.safetensors",
            "history.csv",
            "forecast.csv",
            "forecast.png",
            "errors.png",
            "loss.png")) {
      assertArrayEquals(
          Files.readAllBytes(directory.resolve("one").resolve(name)),
          Files.readAllBytes(directory.resolve("two").resolve(name)),
          name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gru:5,dense:1 | Gru, Dense",
        "rnn:5,dense:1 | SimpleRnn, Dense",
        "gru:4,dense:3,rnn:3:softsign,dense:1 | Gru, Dense, SimpleRnn, Dense",
        "GRU:3,lstm:1 | Gru, Lstm",
      })
  void trainsEachRecurrentLayerAndReadsItAgain(String layers, String types) throws IOException {
    Path data = Weather.write(directory, Weather.lines(DAYS));
    Trained trained =
        Trained.of(data, directory.resolve("out"), "--target", "high", "--layers", layers);
    Sequential model = ModelFile.load(trained.model());
    assertEquals(
        types,
        model.layers().stream()
            .map(layer -> LayerType.of(layer).name())
            .collect(Collectors.joining(", ")));
    Path again = directory.resolve("again.safetensors");
    assertEquals(0, Terminal.run("convert", "" + trained.model(), "" + again).exit());
    Path[] answers = {directory.resolve("y.csv"), directory.resolve("z.csv")};
    Path[] models = {trained.model(), again};
    for (int i = 0; i < 2; i++) {
      Terminal run =
          Terminal.run(
              "predict", "--model", "" + models[i], "--input", "" + data, "--out", "" + answers[i]);
      assertEquals(0, run.exit(), run.err());
    }
    assertEquals(Files.readString(answers[0]), Files.readString(answers[1]));
    assertTrue(trained.error() > 0);
  }

  @Test
  void forecastsATargetThatIsNoFeatureSeveralRowsAhead() {
    Path data = Weather.write(directory, Weather.lines(DAYS));
    Path out = directory.resolve("out");
    Terminal run =
        Terminal.run(
            "train",
            "--data",
            data.toString(),
            "--target",
            "high",
            "--features",
            "low",
            "--window",
            "8",
            "--horizon",
            "3",
            "--layers",
            "lstm:5,lstm:4:relu,dense:1",
            "--epochs",
            "1",
            "--out",
            out.toString());
    assertEquals(0, run.exit(), run.err());
    Tensor rows = CsvTable.read(out.resolve("forecast.csv")).numbers(List.of("index", "naive"));
    Tensor series = CsvTable.read(data).numbers(List.of("high"));
    assertEquals(DAYS - DAYS / 5, rows.get(0, 0));
    assertEquals(series.get(DAYS - DAYS / 5 - 3, 0), rows.get(0, 1));
  }

  @Test
  void saysWhatItReplaces() throws IOException {
    Path data = Weather.write(directory, Weather.lines(DAYS));
    Path out = directory.resolve("out");
    assertFalse(train(data, out).err().contains("replaced"));
    Files.delete(out.resolve("loss.png"));
    assertEquals(
        "lanewise: "
            + out
            + " holds model.safetensors, history.csv, forecast.csv, forecast.png, errors.png, report.html: replaced when the training is done",
        train(data, out).err().lines().findFirst().orElse(""));
  }

  @Test
  void showsNoLineAnEpochWhereThereIsABar() {
    assumeFalse(GivenLauncher.isThere(), "a property of this JVM");
    System.setProperty(Progress.TERMINAL, "true");
    try {
      Path data = Weather.write(directory, Weather.lines(DAYS));
      assertFalse(train(data, directory.resolve("out")).err().contains("epoch 1 of"));
    } finally {
      System.clearProperty(Progress.TERMINAL);
    }
  }
}
