package dev.lanewise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The launcher that {@code -Dlanewise.launcher=PATH} names: {@link Terminal} and {@link ChildJvm}
 * then run commands by it, and not by the classes under test. It finds no Java but its own: no
 * {@code JAVA_HOME}, and on the {@code PATH} only what the launcher's script calls.
 */
final class GivenLauncher {
  private static final List<String> TOOLS =
      List.of("sh", "dirname", "mkfifo", "mktemp", "readlink", "rm", "stty");

  private static final @Nullable String PATH = System.getProperty("lanewise.launcher");

  private GivenLauncher() {}

  static boolean isThere() {
    return PATH != null;
  }

  /** A command of it, with options of the JVM, to be started. */
  static ProcessBuilder command(List<String> options, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(String.valueOf(PATH)));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("JDK"));
    environment.put("PATH", Tools.FOLDER.toString());
    environment.put("LANEWISE_JAVA_OPTS", String.join(" ", options));
    return builder;
  }

  /** Runs a command to its end. */
  static Terminal run(byte[] input, String... args) {
    try {
      Path folder = Files.createTempDirectory("launcher");
      Path in = Files.write(folder.resolve("in"), input);
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      Process process =
          command(List.of(), args)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      int exit = process.waitFor();
      Terminal ended = new Terminal(exit, text(out), text(err));
      for (Path file : List.of(in, out, err, folder)) {
        Files.delete(file);
      }
      return ended;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** A folder of links to the tools alone, made once. */
  private static final class Tools {
    private static final Path FOLDER = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("tools");
        folder.toFile().deleteOnExit();
        for (String tool : TOOLS) {
          Path link = Files.createSymbolicLink(folder.resolve(tool), find(tool));
          link.toFile().deleteOnExit();
        }
        return folder;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Path find(String tool) {
      return Stream.of(System.getenv("PATH").split(":"))
          .map(folder -> Path.of(folder, tool))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + tool + " on the PATH"));
    }
  }
}
