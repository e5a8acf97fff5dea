package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lanewise.formats.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held back changes neither what is learned nor a forecast from rows before it. */
class NoLeakTest {
  private static final Path TABLES = Path.of("../formats/src/test/resources/tables");

  @TempDir private Path directory;

  /** The table with other numbers of as many digits in the rows from a row on. */
  private Path noise(Path table, int header, int from, List<Integer> columns) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    for (int i = header + from; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      for (int column : columns) {
        cells[column] = other(cells[column], random);
      }
      lines.set(i, String.join(",", cells));
    }
    return Files.write(directory.resolve("noise.csv"), lines);
  }

  private static String other(String cell, SplittableRandom random) {
    StringBuilder digits = new StringBuilder(cell);
    for (int i = 0; i < digits.length(); i++) {
      if (Character.isDigit(digits.charAt(i))) {
        digits.setCharAt(i, (char) ('1' + random.nextInt(9)));
      }
    }
    return digits.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "01-airline, Passengers, 1, 144, 1, --season=12",
    "01-airline, Passengers, 1, 144, 1, --log",
    "01-airline, Passengers, 1, 144, 1, --level",
    "09-covid, US, 1, 816, 2, --horizon=1..7",
    "11-machine, value, 1, 1588, 1, --scaling=all",
    "14-co2, average, 41, 802, 3, --calendar=month"
  })
  void theModelIsTheSameBytes(
      String name, String target, int header, int rows, int column, String option)
      throws IOException {
    Path table = TABLES.resolve(name + ".csv");
    int held = (int) Math.round(rows * 0.2);
    int from = Files.readAllLines(table).size() - header - held;
    if (name.equals("14-co2")) {
      assertEquals("average", CsvTable.read(table).columns().get(column));
    }
    String layers = option.startsWith("--horizon") ? "lstm:2,dense:7" : "lstm:2,dense:1";
    String[] options = {"--target", target, "--layers", layers, option};
    Trained first = Trained.of(table, directory.resolve("first"), options);
    Path noise = noise(table, header, from, List.of(column));
    Trained second = Trained.of(noise, directory.resolve("second"), options);
    assertArrayEquals(
        Files.readAllBytes(first.model()),
        Files.readAllBytes(second.model()),
        "what was held back changed the model");
    assertNotEquals(first.forecasts().text("actual"), second.forecasts().text("actual"));
    int steps = layers.endsWith("7") ? 7 : 1;
    double[] forecast = first.forecasts().doubles("forecast");
    double[] other = second.forecasts().doubles("forecast");
    assertArrayEquals(Arrays.copyOf(forecast, steps), Arrays.copyOf(other, steps));
  }

  /** A gap from before the rows held back into them is not filled from behind. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "interpolate", "drop", "mask"})
  void gapsAreNotFilledFromTheRowsHeldBack(String fill) throws IOException {
    List<String> lines = Weather.lines(100);
    for (int row = 78; row < 83; row++) {
      lines.set(row + 1, lines.get(row + 1).replaceFirst(",.*", ",,,"));
    }
    lines.remove(79);
    String[] options = {"--target", "high", "--features", "high,low,sky", "--fill", fill};
    Trained first =
        Trained.of(Weather.write(directory, lines), directory.resolve("first"), options);
    for (int row = 83; row < 100; row++) {
      lines.set(row, lines.get(row).replaceFirst(",.*", "," + row * 37 % 91 + ",-7,hail"));
    }
    Trained second =
        Trained.of(Weather.write(directory, lines), directory.resolve("second"), options);
    assertArrayEquals(Files.readAllBytes(first.model()), Files.readAllBytes(second.model()));
  }
}
