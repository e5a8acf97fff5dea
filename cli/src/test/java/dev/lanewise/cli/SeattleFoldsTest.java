package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The weather of Seattle, the table of the README. */
class SeattleFoldsTest {
  private static final Path TABLE = Path.of("../examples/seattle-weather.csv");
  private static final String FEATURES = "temp_max,temp_min,precipitation,wind";
  private static final int HELD_BACK = 146;
  private static final int STEPS = 7;

  @TempDir private Path directory;

  /** Three folds that roll on, each tested on the 146 days after those it learned from. */
  @ParameterizedTest
  @CsvSource({"1169, 2.95", "1315, 4.22", "1461, 2.97"})
  void sevenDaysAheadBeatTheLastDayAndLastYears(int rows, double naive) throws IOException {
    List<String> lines = Files.readAllLines(TABLE).subList(0, rows + 1);
    Path data = Files.write(directory.resolve("fold.csv"), lines);
    Path out = directory.resolve("out");
    List<String> line = new ArrayList<>(List.of("train", "--data", "" + data, "--target"));
    line.addAll(List.of("temp_max", "--features", FEATURES, "--window", "30"));
    line.addAll(List.of("--horizon", "1..7", "--season", "365", "--calendar", "month"));
    line.addAll(List.of("--layers", "lstm:32,dense:7", "--epochs", "10", "--seed", "1"));
    line.addAll(List.of("--validation", "" + (double) HELD_BACK / rows, "--out", "" + out));
    Terminal run = Terminal.run(line.toArray(String[]::new));
    assertEquals(0, run.exit(), run.err());
    Trained trained = new Trained(run, out);
    assertEquals(naive, trained.naive(), 0.005);
    assertTrue(trained.error() < trained.naive(), run.out());
    assertTrue(trained.error() < trained.seasonalNaive(), run.out());
    CsvTable forecasts = trained.forecasts();
    assertEquals(STEPS * (HELD_BACK - STEPS + 1), forecasts.rows());
    double[] actual = forecasts.doubles("actual");
    double[] forecast = forecasts.doubles("forecast");
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      sum += Math.abs(actual[i] - forecast[i]) / actual.length;
    }
    assertEquals(trained.error(), sum, 5.1e-5, "what is said is what is written");
  }

  @Test
  void theReadmesCommandIsEightPercentBetterThanTheLastDay() throws IOException {
    String command =
        Files.readAllLines(Path.of("../README.md")).stream()
            .map(String::strip)
            .filter(each -> each.startsWith("./lanewise train --data examples/"))
            .findFirst()
            .orElseThrow();
    List<String> line = new ArrayList<>(List.of(command.split(" ", -1)).subList(1, 3));
    line.add("" + TABLE);
    line.addAll(List.of(command.split(" ", -1)).subList(4, command.split(" ", -1).length));
    int out = line.indexOf("--out") + 1;
    line.set(out, "" + directory.resolve("out"));
    Terminal run = Terminal.run(line.toArray(String[]::new));
    assertEquals(0, run.exit(), run.err());
    Trained trained = new Trained(run, directory.resolve("out"));
    assertTrue(trained.error() < 0.92 * trained.naive(), run.out());
  }
}
