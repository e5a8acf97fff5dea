package dev.lanewise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the commands once, on a small table of its own. The launcher lets a JVM do so with {@code
 * -XX:ArchiveClassesAtExit}: later starts read the classes that were loaded here from that archive.
 */
final class Rehearsal {
  /** The system property that makes {@link Main} rehearse. */
  static final String PROPERTY = "dev.lanewise.cli.rehearsal";

  private static final int ROWS = 60;
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  private Rehearsal() {}

  /**
   * Prints what the commands print, and leaves no file behind.
   *
   * @return the exit code of the first command that failed, 0 where none did
   */
  static int run() {
    try {
      Path folder = Files.createTempDirectory("lanewise-rehearsal");
      try {
        return commands(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int commands(Path folder) throws IOException {
    String table = folder.resolve("table.csv").toString();
    Files.writeString(Path.of(table), table());
    String trained = folder.resolve("trained").toString();
    String model = folder.resolve("trained").resolve("model.safetensors").toString();
    String answers = folder.resolve("answers.csv").toString();
    String arrays = folder.resolve("answers.npy").toString();
    String training = "--window 8 --layers lstm:8,dense:1 --epochs 2 --seed 1";
    return run(
        List.of(
            with("train " + training, "--data", table, "--target", "load", "--out", trained),
            with("inspect", model),
            with("predict", "--model", model, "--input", table, "--out", answers),
            with("predict", "--model", model, "--input", table, "--out", arrays),
            with("forecast", "--model", model, "--data", table)));
  }

  /** A command of words without blanks, and then words that may hold some. */
  private static String[] with(String words, String... more) {
    return Stream.concat(Stream.of(words.split(" ")), Stream.of(more)).toArray(String[]::new);
  }

  private static int run(List<String[]> commands) {
    for (String[] command : commands) {
      int exit = Main.run(command);
      if (exit != 0) {
        return exit;
      }
    }
    return 0;
  }

  private static String table() {
    StringBuilder rows = new StringBuilder("date,load,wind\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append(FIRST.plusDays(i)).append(',').append(20 + i % 7).append(".5,").append(i % 5);
      rows.append('\n');
    }
    return rows.toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.getNameCount() - a.getNameCount()).toList()) {
        Files.delete(file);
      }
    }
  }
}
