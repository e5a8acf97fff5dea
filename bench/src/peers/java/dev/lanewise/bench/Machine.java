package dev.lanewise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a figure was measured on.
 *
 * @param commit of the sources, with a + where they were changed since
 * @param jdk version and build
 * @param cpu model
 * @param command that measures it again
 */
record Machine(String commit, String jdk, String cpu, String command) {

  /** This one; commit and command are what the script that started the JVM says. */
  static Machine here() {
    return new Machine(
        System.getProperty("dev.lanewise.bench.commit", "unknown"),
        Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
        model(),
        System.getProperty("dev.lanewise.bench.command", "bench/report"));
  }

  private static String model() {
    String threads = ", " + Runtime.getRuntime().availableProcessors() + " processors";
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
              .filter(line -> line.startsWith("model name"))
              .findFirst()
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .orElse(System.getProperty("os.arch"))
          + threads;
    } catch (IOException e) {
      return System.getProperty("os.arch") + threads;
    }
  }
}
