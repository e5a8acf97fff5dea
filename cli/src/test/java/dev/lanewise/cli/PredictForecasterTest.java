package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.formats.Npz;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} with models that {@code train} wrote. */
class PredictForecasterTest {
  private static final int ROWS = 60;

  @TempDir private Path directory;
  private Path data;
  private Path model;

  @BeforeEach
  void write() {
    data = Calendars.write(path("data.csv"), ROWS, LocalDate.of(2024, 2, 1)::plusDays);
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private Trained train(String... options) {
    Trained trained = Trained.of(data, path("out"), options);
    model = trained.model();
    return trained;
  }

  private Terminal predict(Path input, String out, String... more) {
    Stream<String> line =
        Stream.of("predict", "--model", "" + model, "--input", "" + input, "--out", "" + path(out));
    return Terminal.run(Stream.concat(line, Stream.of(more)).toArray(String[]::new));
  }

  private CsvTable predicted(String... more) {
    Terminal run = predict(data, "y.csv", more);
    assertEquals(0, run.exit(), run.err());
    return CsvTable.read(path("y.csv"));
  }

  private void refused(Terminal run, String message) {
    assertEquals("lanewise: " + message.replace("DIR", "" + directory) + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(2, run.exit());
  }

  @Test
  void theForecastAfterTheLastRowWithItsTime() {
    train("--target", "v", "--features", "v,w");
    CsvTable y = predicted();
    assertEquals(List.of("time", "v"), y.columns());
    assertEquals(List.of("2024-04-01"), y.text("time"));
    Terminal forecast = Terminal.run("forecast", "--model", "" + model, "--data", "" + data);
    assertTrue(forecast.out().contains("2024-04-01,1," + y.cell(0, "v") + "\n"), forecast.out());
  }

  /** Those of the rows held back are what train wrote, bit for bit. */
  @Test
  void aForecastAfterEachWindow() {
    CsvTable written = train("--target", "v", "--features", "v,w").forecasts();
    CsvTable y = predicted("--all-windows");
    int needed = ForecastFile.load(model).model().recipe().rowsNeeded();
    assertEquals(ROWS - needed + 1, y.rows());
    for (int i = 0; i < written.rows(); i++) {
      int row = y.rows() - 1 - written.rows() + i;
      assertEquals(written.cell(i, "time"), y.cell(row, "time"));
      assertEquals(written.cell(i, "forecast"), y.cell(row, "v"));
    }
  }

  @Test
  void aColumnForEachTargetAndStep() {
    train("--target", "v,w", "--horizon", "2..3", "--layers", "lstm:2,dense:4");
    CsvTable y = predicted();
    assertEquals(List.of("time", "v +2", "v +3", "w +2", "w +3"), y.columns());
    assertEquals(List.of("2024-04-02"), y.text("time"), "of the first step");
  }

  @Test
  void aRowForEachSeries() {
    data = Calendars.shops(path("shops.csv"), 40);
    train("--target", "sales", "--series", "shop");
    CsvTable y = predicted();
    assertEquals(List.of("shop", "time", "sales"), y.columns());
    assertEquals(List.of("Harbour", "Mill, north"), y.text("shop"));
    assertEquals(2 * 36, predicted("--all-windows").rows());
  }

  @Test
  void windowsOfAnArrayInRealUnits() throws IOException {
    train("--target", "v", "--features", "v,w");
    double[] expected = predicted("--all-windows").doubles("v");
    double[] v = CsvTable.read(data).doubles("v");
    double[] w = CsvTable.read(data).doubles("w");
    int needed = ForecastFile.load(model).model().recipe().rowsNeeded();
    double[] windows = new double[expected.length * needed * 2];
    for (int i = 0; i < windows.length / 2; i++) {
      windows[2 * i] = v[i / needed + i % needed];
      windows[2 * i + 1] = w[i / needed + i % needed];
    }
    Path x = path("x.npy");
    AtomicFile.write(
        x, Npy.contents(new DoubleArray(Shape.of(expected.length, needed, 2), windows)));
    assertEquals(0, predict(x, "y.npy").exit());
    DoubleArray y = Npy.readDoubles(Files.newInputStream(path("y.npy")), path("y.npy"));
    assertEquals(Shape.of(expected.length, 1), y.shape());
    assertArrayEquals(expected, y.values());
  }

  @Test
  void arraysThatDoNotFit() {
    train("--target", "v", "--features", "v,w");
    Path x = path("x.npy");
    Npy.write(x, Tensor.zeros(3, 4, 2));
    refused(
        predict(x, "y.npy"),
        "DIR/x.npy (3, 4, 2): expected (batch, 5, 2), the rows that the model looks back on of v,w");
    Tensor spoiled = Tensor.zeros(3, 5, 2);
    spoiled.set(Float.NaN, 1, 2, 0);
    Npy.write(x, spoiled);
    refused(
        predict(x, "y.npy"),
        "DIR/x.npy: expected finite numbers, got NaN at [1, 2, 0]; fill it in or leave the sequence out");
    Path npz = path("x.npz");
    Npz.write(npz, Map.of("x", Tensor.zeros(3, 5, 2)));
    refused(
        predict(npz, "y.npy"),
        "DIR/x.npz: expected an .npy or a CSV, for this model scales its columns in double before"
            + " they are rounded; save the array with numpy.save");
  }

  @Test
  void arraysSayNoDatesAndNoTexts() {
    train("--target", "v", "--calendar", "month");
    Path x = path("x.npy");
    Npy.write(x, Tensor.zeros(3, 5, 1));
    refused(
        predict(x, "y.npy"),
        "DIR/x.npy: an array holds no text, series or times, but the model needs them; give it the table"
            + " as CSV");
  }

  @Test
  void whatToBewareOfIsSaidOnStderr() throws IOException {
    train("--target", "v");
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(data));
    lines.remove(57);
    lines.set(58, lines.get(58).replaceAll("^(.*),.*,", "$1,99,"));
    Files.write(data, lines);
    Terminal run = predict(data, "y.csv");
    assertEquals(0, run.exit(), run.err());
    String where = "lanewise: " + data + ": ";
    assertEquals(
        where
            + "1 row absent, 1 day apart: filled with the value before\n"
            + where
            + "\"v\" reaches from 24.07 to 99 in these rows, beyond the 13.99 to 26.19 of those trained on\n",
        run.err());
  }

  @Test
  void inspectSaysWhatIsForecast() {
    train("--target", "v", "--features", "v,w");
    String out = Terminal.run("inspect", "" + model).out();
    assertTrue(out.contains("\nForecasts: v, 1 day ahead, from "), out);
    assertTrue(out.contains(" rows of v,w\nLearned: v, the "), out);
    assertFalse(out.contains("{"), out);
    String json = Terminal.run("inspect", "" + model, "--json").out();
    assertTrue(json.contains("\"forecast\" : \"{\\\"version\\\":1,"), json);
  }
}
