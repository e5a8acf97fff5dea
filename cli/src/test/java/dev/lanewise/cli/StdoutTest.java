package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command whose output is lost exits with 1 and says why. */
class StdoutTest {
  private static final String FULL =
      "lanewise: stdout: expected a place for all of the output, got \"No space left on device\";"
          + " free some room or send it elsewhere. What the command wrote to files is whole\n";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "train --help",
        "train --data DIR/weather.csv --target high --window 3 --layers lstm:2,dense:1 --epochs 1 --out DIR/out",
        "predict --model DIR/m.safetensors --input DIR/x.npy --out DIR/y.npy",
        "inspect DIR/m.safetensors",
        "inspect --json DIR/m.safetensors",
        "convert DIR/m.safetensors DIR/n.safetensors",
        "examples OneSequence"
      })
  void ofEachCommandMayBeOnAFullDisk(String line) throws IOException {
    ModelFile.save(
        Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 1), directory.resolve("m.safetensors"));
    Npy.write(directory.resolve("x.npy"), Tensor.zeros(2, 5, 2));
    Weather.write(directory, Weather.lines(30));
    try (OutputStream full = new FileOutputStream("/dev/full")) {
      Terminal run =
          Terminal.run(
              Stdout.over(full, StandardCharsets.UTF_8),
              line.replace("DIR", directory.toString()).split(" "));
      assertTrue(run.err().endsWith(FULL), run.err()); // train says more before
      assertEquals(1, run.exit());
    }
  }

  @Test
  void ofAnotherStreamSaysNoReason() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException();
          }
        };
    Terminal run = Terminal.run(new PrintStream(broken, true, StandardCharsets.UTF_8), "--version");
    assertEquals(FULL.replace("\"No space left on device\"", "an error of the system"), run.err());
    assertEquals(1, run.exit());
  }

  @Test
  void doesNotChangeTheExitCodeOfBadInput() {
    Terminal run =
        Terminal.run(
            Stdout.over(OutputStream.nullOutputStream(), StandardCharsets.UTF_8),
            "inspect",
            directory.resolve("none").toString());
    assertEquals(2, run.exit());
  }

  @Test
  void passesEverythingOn() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Terminal run = Terminal.run(Stdout.over(bytes, StandardCharsets.UTF_8), "--version");
    assertEquals(0, run.exit(), run.err());
    assertTrue(bytes.toString(StandardCharsets.UTF_8).startsWith("lanewise "), "" + bytes);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ofTheWholeProgramIsTheSame() throws Exception {
    Process process =
        ChildJvm.start(List.of(), Path.of("/dev/full"), Main.class, "examples", "OneSequence");
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(err.endsWith(FULL), err);
    assertEquals(1, process.waitFor());
    assertTrue(Files.exists(Path.of("/dev/full")));
  }
}
