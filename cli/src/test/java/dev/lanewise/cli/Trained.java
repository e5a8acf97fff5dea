package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code train}, with a small network and one epoch where nothing else is asked.
 *
 * @param run how it ended
 * @param out where its files are
 */
record Trained(Terminal run, Path out) {
  private static final Pattern ERROR =
      Pattern.compile("test mean absolute error (\\S+), naive forecast ([0-9.e+-]+):");
  private static final Pattern SEASONAL =
      Pattern.compile("seasonal naive forecast \\((\\d+) rows before\\) ([0-9.e+-]+)");

  /** The command ends well. */
  static Trained of(Path data, Path out, String... options) {
    Trained trained = tried(data, out, options);
    assertEquals(0, trained.run.exit(), trained.run.err());
    return trained;
  }

  /** However the command ends. */
  static Trained tried(Path data, Path out, String... options) {
    return new Trained(Terminal.run(line(data, out, options)), out);
  }

  /** The command line. */
  static String[] line(Path data, Path out, String... options) {
    Map<String, String> usual = new LinkedHashMap<>();
    usual.put("--window", "4");
    usual.put("--layers", "lstm:2,dense:1");
    usual.put("--epochs", "1");
    usual.put("--seed", "1");
    List<String> line = new ArrayList<>(List.of("train", "--data", "" + data, "--out", "" + out));
    List<String> asked = List.of(options);
    usual.forEach(
        (option, value) -> {
          if (!asked.contains(option)) {
            line.addAll(List.of(option, value));
          }
        });
    line.addAll(asked);
    return line.toArray(String[]::new);
  }

  Path model() {
    return out.resolve("model.safetensors");
  }

  CsvTable forecasts() {
    return CsvTable.read(out.resolve("forecast.csv"));
  }

  private double found(Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(run.out());
    assertTrue(matcher.find(), run.out());
    return Double.parseDouble(matcher.group(group));
  }

  double error() {
    return found(ERROR, 1);
  }

  double naive() {
    return found(ERROR, 2);
  }

  double seasonalNaive() {
    return found(SEASONAL, 2);
  }

  /** That these lines are among those on standard output. */
  Trained says(String... lines) {
    List<String> said = run.out().lines().toList();
    for (String line : lines) {
      assertTrue(said.contains(line), () -> "no line " + line + "\nin\n" + run.out());
    }
    return this;
  }
}
