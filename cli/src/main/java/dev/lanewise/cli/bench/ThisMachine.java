package dev.lanewise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a table was measured on.
 *
 * @param kernels which were selected, with their width
 * @param threads that a call may use
 * @param jdk version and build
 * @param cpu model, where the system says it in a file; else the architecture
 * @param processors that the JVM sees
 */
public record ThisMachine(String kernels, int threads, String jdk, String cpu, int processors) {

  /** This one. */
  public static ThisMachine here(String kernels, int threads) {
    return new ThisMachine(
        kernels,
        threads,
        Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
        model(),
        Runtime.getRuntime().availableProcessors());
  }

  private static String model() {
    try {
      return model(Files.readAllLines(Path.of("/proc/cpuinfo")));
    } catch (IOException e) {
      return model(List.of());
    }
  }

  /**
   * The model of a processor.
   *
   * @param lines of {@code /proc/cpuinfo}; none where there is no such file
   */
  public static String model(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse(System.getProperty("os.arch"));
  }

  /** A number and what it is a number of. */
  public static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
