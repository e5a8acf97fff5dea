package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of README.md and docs/forecasting.md are compiled and run as they stand. */
class ReadmeTest {
  private static final Path README = Checked.MODULE.resolveSibling("README.md");
  private static final Pattern CLASS = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);
  private static final Pattern ERRORS =
      Pattern.compile("off by ([0-9.]+) degrees, \"tomorrow is as today\" by ([0-9.]+)");

  @TempDir private Path directory;

  private static List<String> blocks(String language) {
    return blocks(README, language);
  }

  private static List<String> blocks(Path document, String language) {
    return Pattern.compile("^```" + language + "\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Checked.read(document))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /** In a directory that holds the files that the programs name. */
  private String run(String program) throws IOException, InterruptedException {
    Matcher name = CLASS.matcher(program);
    assertTrue(name.find(), program);
    Path source = Files.writeString(directory.resolve(name.group(1) + ".java"), program);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString())
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertEquals(0, java.waitFor(), () -> name.group(1) + ": " + Checked.read(err));
    return Checked.read(out);
  }

  private void copyWeather() throws IOException {
    Files.createDirectories(directory.resolve("examples"));
    Files.copy(
        Checked.MODULE.resolve("seattle-weather.csv"),
        directory.resolve("examples/seattle-weather.csv"));
  }

  @Test
  void everyProgramCompilesAndRuns() throws IOException, InterruptedException {
    copyWeather();
    Files.copy(
        Checked.MODULE.resolveSibling("formats/src/test/resources/keras/keras2_variable.h5"),
        directory.resolve("my_lstm_model.h5"));
    List<String> programs = blocks("java");
    assertEquals(3, programs.size());
    String forecast = run(programs.get(0));
    assertErrors(ERRORS.matcher(forecast), forecast);
    String served = run(programs.get(1));
    assertTrue(served.startsWith("(8, 1) [["), served);
    String keras = run(programs.get(2));
    assertEquals(2, keras.lines().count(), keras);
  }

  @Test
  void theProgramThatForecastsAWeekRuns() throws IOException, InterruptedException {
    copyWeather();
    Path document = README.resolveSibling("docs/forecasting.md");
    String week = run(blocks(document, "java").getFirst());
    assertEquals(8, week.lines().count(), week);
    assertTrue(week.startsWith("off by "), week);
    assertTrue(week.lines().toList().get(7).startsWith("7 "), week);
  }

  /** The model is worth its training, and README says by how much. */
  private static void assertErrors(Matcher printed, String forecast) {
    assertTrue(printed.find(), forecast);
    double error = Double.parseDouble(printed.group(1));
    double naive = Double.parseDouble(printed.group(2));
    assertTrue(error < 0.95 * naive, forecast);
    MatchResult said = ERRORS.matcher(Checked.read(README)).results().findFirst().orElseThrow();
    assertEquals(Double.parseDouble(said.group(1)), error, 0.03, forecast);
    assertEquals(Double.parseDouble(said.group(2)), naive, 0.01, forecast);
  }

  @Test
  void theCoordinatesAreThoseOfTheBuild() {
    String pom = Checked.read(Checked.MODULE.resolveSibling("pom.xml"));
    Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
    assertTrue(version.find());
    assertTrue(blocks("xml").getFirst().contains("<version>" + version.group(1) + "</version>"));
    assertTrue(
        blocks("kotlin")
            .getFirst()
            .contains("\"dev.lanewise:lanewise-formats:" + version.group(1) + "\""));
  }
}
