package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C and kill leave neither an empty directory nor a temporary file. */
@DisabledOnOs(OS.WINDOWS)
class EndedFromOutsideTest {
  private static final int SIGNALLED = 128;

  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aTraining(String signal) throws Exception {
    Path data = Weather.write(elsewhere, Weather.lines(400));
    Process train =
        ChildJvm.start(
            List.of("-Ddev.lanewise.cli.terminal=true"),
            elsewhere.resolve("stdout"),
            Main.class,
            "train",
            "--data",
            data.toString(),
            "--target",
            "high",
            "--epochs",
            "1000000",
            "--out",
            directory.resolve("new/out").toString());
    String last = end(train, "training", signal);
    assertEquals(List.of(), names(directory));
    assertEquals(signal.equals("INT") ? 130 : 143, train.exitValue());
    assertTrue(
        last.endsWith("\nended; nothing was kept, as there is no --checkpoint C.safetensors\n"),
        last);
  }

  @Test
  void aTrainingThatIsKept() throws Exception {
    Path data = Weather.write(elsewhere, Weather.lines(400));
    Path kept = directory.resolve("kept.safetensors");
    Process train =
        ChildJvm.start(
            List.of(),
            elsewhere.resolve("stdout"),
            Main.class,
            "train",
            "--data",
            data.toString(),
            "--target",
            "high",
            "--epochs",
            "1000000",
            "--checkpoint",
            kept.toString(),
            "--out",
            directory.resolve("out").toString());
    String last = end(train, "epoch 3 of", "INT");
    assertEquals(130, train.exitValue());
    assertTrue(
        last.endsWith(
            "\nended; "
                + kept
                + " holds the last whole epoch: the same command with --resume goes on\n"),
        last);
    assertEquals(List.of("kept.safetensors"), names(directory));
    assertTrue(ModelFile.read(kept).trainingState().orElseThrow().epochs() >= 2);
  }

  @Test
  void aMeasurement() throws Exception {
    Path stdout = elsewhere.resolve("stdout");
    List<String> options = List.of("-Ddev.lanewise.cli.terminal=true");
    end(ChildJvm.start(options, stdout, Main.class, "bench"), "measuring", "INT");
    assertEquals("", Files.readString(stdout));
  }

  @Test
  void aWriteIntoANewDirectory() throws Exception {
    Process write =
        ChildJvm.start(
            List.of(),
            elsewhere.resolve("stdout"),
            SlowWrite.class,
            directory.resolve("new/out").toString());
    end(write, "half", "TERM");
    assertEquals(List.of(), names(directory));
  }

  @Test
  void aWriteOverOldFiles() throws Exception {
    Files.writeString(directory.resolve("a.txt"), "old");
    Files.writeString(directory.resolve("b.txt"), "old too");
    Process write =
        ChildJvm.start(
            List.of(), elsewhere.resolve("stdout"), SlowWrite.class, directory.toString());
    end(write, "half", "TERM");
    assertEquals(List.of("a.txt", "b.txt"), names(directory));
    assertEquals("old", Files.readString(directory.resolve("a.txt")));
    assertEquals("old too", Files.readString(directory.resolve("b.txt")));
  }

  /** Waits for a word on stderr, then signals; gives what it says after that. */
  private static String end(Process process, String word, String signal) throws Exception {
    try {
      readUntil(process.getErrorStream(), word);
      Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
      assertEquals(0, kill.waitFor());
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on");
      assertTrue(process.exitValue() > SIGNALLED, "ended by itself: " + process.exitValue());
      return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void readUntil(InputStream stream, String word) throws IOException {
    StringBuilder seen = new StringBuilder();
    byte[] some = new byte[256];
    while (seen.indexOf(word) < 0) {
      int count = stream.read(some);
      assertTrue(count > 0, "never said " + word + ": " + seen);
      seen.append(new String(some, 0, count, StandardCharsets.UTF_8));
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
