package dev.lanewise.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a program of the class path in a JVM of its own, to be ended. */
final class ChildJvm {
  private ChildJvm() {}

  /** With the JVM's options first; stdout to a file, stderr to be read. */
  static Process start(List<String> options, Path stdout, Class<?> program, String... args)
      throws IOException {
    if (GivenLauncher.isThere() && program == Main.class) {
      return GivenLauncher.command(options, args)
          .redirectOutput(Redirect.to(stdout.toFile()))
          .start();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectOutput(Redirect.to(stdout.toFile())).start();
  }
}
