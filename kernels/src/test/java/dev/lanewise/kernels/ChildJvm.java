package dev.lanewise.kernels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The java of this JVM, once more, with other flags. */
final class ChildJvm {

  /** What it left behind. */
  record Result(int exit, String out, String err) {}

  private ChildJvm() {}

  static Result onClassPath(List<String> flags, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(flags);
    command.add("--class-path");
    command.add(root(Kernels.class) + System.getProperty("path.separator") + root(main));
    command.add(main.getName());
    return run(command, arguments);
  }

  static Result onModulePath(List<String> flags, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    String module = "dev.lanewise.kernels";
    List<String> command = new ArrayList<>(flags);
    command.add("--module-path");
    command.add(root(Kernels.class).toString());
    command.add("--patch-module");
    command.add(module + "=" + root(main));
    command.add("--module");
    command.add(module + "/" + main.getName());
    return run(command, arguments);
  }

  private static Result run(List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    Collections.addAll(command, arguments);
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      int exit = process.waitFor();
      return new Result(exit, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** The directory that a class was loaded from. */
  private static Path root(Class<?> of) {
    String file = of.getName().replace('.', '/') + ".class";
    String at = of.getResource(of.getSimpleName() + ".class").toString();
    return Path.of(URI.create(at.substring(0, at.length() - file.length())));
  }
}
