package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were written before models held recipes predict the bits that they predicted. */
class FormerModelTest {
  private static final int WINDOW = 5;
  private static final int ROWS = 20;
  private static final double[] FAR = {1e8 + 0.25, 3.5};
  private static final double[] NEAR = {-2e9, 1 / 3.0};

  @TempDir private Path directory;
  private Path data;
  private Path model;

  @BeforeEach
  void paths() {
    data = Weather.write(directory, Weather.lines(ROWS));
    model = directory.resolve("model.safetensors");
  }

  /** The network scales by itself: its first layer to about 0, its last one back. */
  private static Sequential network() {
    return Sequential.of(
            Normalization.of(new float[] {9.5f, 15.5f}, new float[] {40, 39}),
            Lstm.of(4),
            Dense.of(1),
            Normalization.of(new float[] {-2.5f}, new float[] {0.025f}))
        .build(2, 1);
  }

  private String[] predict(Path input, String out, String... more) {
    String[] line = {"predict", "--model", "" + model, "--input", "" + input, "--out", out};
    String[] all = Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    Terminal run = Terminal.run(all);
    assertEquals(0, run.exit(), run.err());
    return all;
  }

  private static void assertBits(float[] expected, List<String> text) {
    assertEquals(Arrays.stream(boxed(expected)).map(each -> "" + each).toList(), text);
  }

  private static Float[] boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return boxed;
  }

  @Test
  void networksThatScaleByThemselves() throws IOException {
    Sequential network = network();
    FormerModel.save(network, "high", List.of("low", "high"), WINDOW, 2, Map.of(), model);
    Tensor series = CsvTable.read(data).numbers(List.of("low", "high"));
    Tensor windows = Windows.length(WINDOW).inputs(series).copy();
    float[] expected = network.predict(windows).toArray();
    assertTrue(expected[0] != expected[1], "a network that gives one number shows nothing");
    Path y = directory.resolve("y.csv");
    predict(data, "" + y, "--all-windows");
    assertEquals(List.of("high"), CsvTable.read(y).columns());
    assertBits(expected, CsvTable.read(y).text("high"));
    predict(data, "" + y);
    assertBits(new float[] {expected[ROWS - WINDOW]}, CsvTable.read(y).text("high"));
    Path x = directory.resolve("x.npy");
    Path npy = directory.resolve("y.npy");
    Npy.write(x, windows);
    predict(x, "" + npy);
    assertArrayEquals(expected, Npy.read(npy).toArray());
    byte[] float32 = Files.readAllBytes(npy);
    assertTrue(
        new String(float32, 0, 64, java.nio.charset.StandardCharsets.ISO_8859_1).contains("<f4"));
  }

  /** Columns far from 0 were scaled in double, outside of the network. */
  @Test
  void columnsScaledOutsideOfTheNetwork() throws IOException {
    List<String> lines = new java.util.ArrayList<>(List.of("a,b"));
    double[][] values = new double[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      values[i] = new double[] {1e8 + Math.sin(i), -2e9 + 0.1 * i};
      lines.add(values[i][0] + "," + values[i][1]);
    }
    data = Files.write(directory.resolve("far.csv"), lines);
    Sequential network = Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 3);
    FormerModel.save(
        network, "a", List.of("b", "a"), WINDOW, 1, Map.of("a", FAR, "b", NEAR), model);
    double[] expected = new double[ROWS - WINDOW + 1];
    double[] raw = new double[expected.length * WINDOW * 2];
    for (int from = 0; from < expected.length; from++) {
      Tensor x = Tensor.zeros(1, WINDOW, 2);
      for (int t = 0; t < WINDOW; t++) {
        x.set((float) ((values[from + t][1] - NEAR[0]) / NEAR[1]), 0, t, 0);
        x.set((float) ((values[from + t][0] - FAR[0]) / FAR[1]), 0, t, 1);
        raw[(from * WINDOW + t) * 2] = values[from + t][1];
        raw[(from * WINDOW + t) * 2 + 1] = values[from + t][0];
      }
      expected[from] = network.predict(x).get(0, 0) * FAR[1] + FAR[0];
    }
    Path y = directory.resolve("y.csv");
    predict(data, "" + y, "--all-windows");
    assertArrayEquals(expected, CsvTable.read(y).doubles("a"));
    Path x = directory.resolve("x.npy");
    DoubleArray array = new DoubleArray(Shape.of(expected.length, WINDOW, 2), raw);
    AtomicFile.write(x, Npy.contents(array));
    Path npy = directory.resolve("y.npy");
    predict(x, "" + npy);
    assertArrayEquals(expected, Npy.readDoubles(Files.newInputStream(npy), npy).values());
  }

  @Test
  void forecastTheStepAfterTheLastRow() {
    Sequential network = network();
    FormerModel.save(network, "high", List.of("low", "high"), WINDOW, 2, Map.of(), model);
    Tensor series = CsvTable.read(data).numbers(List.of("low", "high"));
    float expected = network.predict(series.slice(0, ROWS - WINDOW, ROWS).expandDims(0)).get(0, 0);
    Terminal run = Terminal.run("forecast", "--model", "" + model, "--data", "" + data);
    assertEquals(0, run.exit(), run.err());
    String digits = Numbers.exact(expected);
    assertEquals(String.format(Locale.ROOT, "step,forecast%n2,%s%n", digits), run.out());
  }

  /** Newest first was refused; now it is sorted, and the same forecast comes out. */
  @Test
  void rowsInAnyOrder() throws IOException {
    FormerModel.save(network(), "high", List.of("low", "high"), WINDOW, 1, Map.of(), model);
    Path y = directory.resolve("y.csv");
    predict(data, "" + y);
    String expected = Files.readString(y);
    List<String> lines = Weather.lines(ROWS);
    List<String> turned = new java.util.ArrayList<>(lines.subList(1, lines.size()).reversed());
    turned.addFirst(lines.getFirst());
    Weather.write(directory, turned);
    String[] line = predict(data, "" + y);
    assertEquals(expected, Files.readString(y));
    assertEquals(
        "lanewise: " + data + ": the newest row is the first: sorted by time\n",
        Terminal.run(line).err());
  }
}
