package dev.lanewise.kernels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The java of this JVM, once more, with other flags. */
final class ChildJvm {

  /** What it left behind. */
  record Result(int exit, String out, String err) {}

  private ChildJvm() {}

  static Result onClassPath(List<String> flags, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(Map.of(), classPath(flags, main), arguments);
  }

  /**
   * As {@link #onClassPath}, where glibc maps each piece of memory of a page or more by itself and
   * unmaps it when it is freed: what reads it afterwards is a fault and not garbage.
   */
  static Result thatUnmapsWhatIsFreed(List<String> flags, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(
        Map.of("MALLOC_MMAP_THRESHOLD_", "4096", "MALLOC_MMAP_MAX_", "30000"),
        classPath(flags, main),
        arguments);
  }

  private static List<String> classPath(List<String> flags, Class<?> main) {
    List<String> command = new ArrayList<>(flags);
    command.add("--class-path");
    command.add(root(Kernels.class) + System.getProperty("path.separator") + root(main));
    command.add(main.getName());
    return command;
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
    return run(Map.of(), command, arguments);
  }

  private static Result run(
      Map<String, String> environment, List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    Collections.addAll(command, arguments);
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
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
