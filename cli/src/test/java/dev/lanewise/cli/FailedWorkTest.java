package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each is one message and exit code 1; a stack trace comes with --debug alone. */
class FailedWorkTest {
  @TempDir private Path directory;

  private Terminal train(String... more) {
    String[] args = {
      "train",
      "--data",
      Weather.write(directory, Weather.lines(60)).toString(),
      "--target",
      "high",
      "--window",
      "5",
      "--out",
      directory.resolve("out").toString(),
      more[0],
      more[1]
    };
    return Terminal.run(args);
  }

  @Test
  void moreMemoryThanThereIs() {
    Terminal run = train("--layers", "lstm:7999999,dense:1");
    assertEquals(1, run.exit());
    assertTrue(run.err().startsWith("lanewise: no room for "), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(Files.notExists(directory.resolve("out")));
  }

  @Test
  void aLearningRateThatOverflows() {
    Terminal run = train("--lr", "1e30");
    assertEquals(1, run.exit());
    String last = run.err().lines().toList().getLast();
    assertTrue(last.startsWith("lanewise: the "), run.err());
    assertTrue(last.contains("Try --lr below 1.0E30"), run.err());
    assertTrue(Files.notExists(directory.resolve("out")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDisk() throws IOException {
    Path model = directory.resolve("model.safetensors");
    Path input = directory.resolve("x.npy");
    Path out = Files.createSymbolicLink(directory.resolve("y.npy"), Path.of("/dev/full"));
    ModelFile.save(Sequential.of(Lstm.of(4), Dense.of(1)).build(2, 1), model);
    Npy.write(input, Tensor.zeros(2, 5, 2));
    Terminal run =
        Terminal.run("predict", "--model", "" + model, "--input", "" + input, "--out", "" + out);
    assertEquals(
        "lanewise: "
            + out
            + ": expected a writable file, got \"No space left on device\";"
            + " whatever was there before is unchanged\n",
        run.err());
    assertEquals(1, run.exit());
  }

  @Test
  void showsTheStackTraceWithDebug() {
    Terminal run = Terminal.run("inspect", "--debug", directory.resolve("none").toString());
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("\tat dev.lanewise.formats."), run.err());
  }
}
