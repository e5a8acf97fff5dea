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
import dev.lanewise.tensor.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that move little at a large offset are learned as well as without it. */
class LargeOffsetTest {
  private static final int ROWS = 300;
  private static final int WINDOW = 8;
  private static final Pattern ERRORS =
      Pattern.compile("test mean absolute error (\\S+), naive forecast (\\S+):");

  @TempDir private Path directory;

  private Path table(String name, String header, IntFunction<String> row) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    for (int i = 0; i < ROWS; i++) {
      lines.add(row.apply(i));
    }
    return Files.write(directory.resolve(name), lines);
  }

  /** Exactly the sine of {@link #shifted} with 0, so much higher. */
  private Path shifted(String offset) throws IOException {
    BigDecimal by = new BigDecimal(offset);
    return table(
        offset + ".csv",
        "value",
        i ->
            new BigDecimal(String.format(Locale.ROOT, "%.3f", 2 * Math.sin(i / 8.0)))
                .add(by)
                .toPlainString());
  }

  private Terminal train(Path data, String target, Path out) {
    Terminal run =
        Terminal.run(
            "train",
            "--data",
            data.toString(),
            "--target",
            target,
            "--window",
            "" + WINDOW,
            "--layers",
            "lstm:8,dense:1",
            "--epochs",
            "4",
            "--seed",
            "1",
            "--out",
            out.toString());
    assertEquals(0, run.exit(), run.err());
    assertFalse((run.out() + run.err()).contains("NaN"), run.out());
    return run;
  }

  private static double error(Terminal run, int group) {
    Matcher errors = ERRORS.matcher(run.out());
    assertTrue(errors.find(), run.out());
    return Double.parseDouble(errors.group(group));
  }

  @ParameterizedTest
  @ValueSource(strings = {"16000000", "100000000", "-100000000", "1600000000", "1000000000000"})
  void learnsAsWithoutTheOffset(String offset) throws IOException {
    Terminal expected = train(shifted("0"), "value", directory.resolve("plain"));
    Path data = shifted(offset);
    Path out = directory.resolve("out");
    Terminal run = train(data, "value", out);
    // At 10^12 a double has four digits after the point.
    assertEquals(error(expected, 1), error(run, 1), 2e-4);
    assertEquals(error(expected, 2), error(run, 2), 2e-4);
    CsvTable forecast = CsvTable.read(out.resolve("forecast.csv"));
    List<String> file = CsvTable.read(data).text("value");
    assertEquals(file.subList(ROWS - ROWS / 5, ROWS), forecast.text("actual"), "digit by digit");
    assertEquals(file.subList(ROWS - ROWS / 5 - 1, ROWS - 1), forecast.text("naive"));
  }

  /**
   * The same forecast from the table, from float64, and what train reported, in the table's units.
   */
  @Test
  void predictsInTheUnitsOfTheTable() throws IOException {
    Path data = shifted("100000000");
    Path out = directory.resolve("out");
    train(data, "value", out);
    double[] values = CsvTable.read(data).doubles("value");
    double[] reported = CsvTable.read(out.resolve("forecast.csv")).doubles("forecast");
    double[] all = predict(data, out, "all.csv", "--all-windows");
    int rows = rowsNeeded(out);
    assertEquals(WINDOW + 1, rows, "the change in a window's first row needs the row before");
    assertEquals(ROWS - rows + 1, all.length);
    for (int i = 0; i < reported.length; i++) {
      assertEquals(reported[i], all[ROWS - ROWS / 5 - rows + i]);
    }
    double[] windows = new double[all.length * rows];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = values[i / rows + i % rows];
    }
    Path array = directory.resolve("x.npy");
    DoubleArray x = new DoubleArray(Shape.of(all.length, rows, 1), windows);
    AtomicFile.write(array, Npy.contents(x));
    assertArrayEquals(all, predict(array, out, "y.csv"));
    predict(array, out, "y.npy");
    Path y = directory.resolve("y.npy");
    DoubleArray read = Npy.readDoubles(Files.newInputStream(y), y);
    assertEquals(Shape.of(all.length, 1), read.shape());
    assertArrayEquals(all, read.values());
  }

  private double[] predict(Path input, Path model, String name, String... more) {
    Path y = directory.resolve(name);
    Stream<String> args =
        Stream.of(
            "predict",
            "--model",
            model.resolve("model.safetensors").toString(),
            "--input",
            input.toString(),
            "--out",
            y.toString());
    Terminal run = Terminal.run(Stream.concat(args, Stream.of(more)).toArray(String[]::new));
    assertEquals(0, run.exit(), run.err());
    return name.endsWith(".csv") ? CsvTable.read(y).doubles("value") : new double[0];
  }

  private static int rowsNeeded(Path out) {
    return ForecastFile.load(out.resolve("model.safetensors")).model().recipe().rowsNeeded();
  }

  @Test
  void countsClocksAndMeters() throws IOException {
    Path clock = table("clock.csv", "time", i -> Integer.toString(1_600_000_000 + 60 * i));
    assertEquals(60, error(train(clock, "time", directory.resolve("clock")), 2));
    Path meter = table("meter.csv", "kwh", i -> String.format(Locale.ROOT, "%.2f", 4e6 + i * 0.42));
    assertEquals(0.42, error(train(meter, "kwh", directory.resolve("meter")), 2));
  }

  @Test
  void sizesBeyondFloat32() throws IOException {
    for (String unit : List.of("e300", "e-300", "e39")) {
      Path data =
          table("unit.csv", "v", i -> String.format(Locale.ROOT, "%.3f", Math.sin(i / 8.0)) + unit);
      Terminal run = train(data, "v", directory.resolve("out"));
      assertTrue(error(run, 2) > 0, run.out());
      assertTrue(Double.isFinite(error(run, 1) / error(run, 2)), run.out());
    }
  }

  @Test
  void saysThatAColumnDoesNotChange() throws IOException {
    for (String value : List.of("7.5", "0", "100000000.25", "-3e8")) {
      Path data = table("const.csv", "a,b", i -> i + "," + value);
      Terminal run = train(data, "b", directory.resolve("out"));
      assertTrue(
          run.out().contains("nothing to learn from b, the same in all rows trained on\n"),
          run.out());
      assertTrue(
          run.out().contains(": the target does not change in the rows held back\n"), run.out());
      assertEquals(0, error(run, 1), 1e-3);
    }
    Path late = table("late.csv", "b", i -> Integer.toString(Math.max(0, i - 250)));
    Terminal run = train(late, "b", directory.resolve("out"));
    assertTrue(run.out().contains("nothing to learn from b, "), run.out());
    assertTrue(run.out().contains(" % worse\n"), run.out());
  }
}
