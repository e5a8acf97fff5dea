package dev.lanewise.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** A Java runtime of the modules that the command line needs, as {@code jlink} makes it. */
final class RuntimeImage {
  /**
   * What jdeps finds in the jars, and what they reach by name: jdk.charsets for tables of other
   * encodings.
   */
  static final List<String> MODULES =
      List.of(
          "java.base",
          "java.desktop",
          "java.management",
          "java.sql",
          "jdk.charsets",
          "jdk.incubator.vector");

  private static final String ADVICE =
      "the zip needs a whole JDK, such as Temurin; some systems pack jlink's modules by themselves";

  private RuntimeImage() {}

  /**
   * Makes it of the JDK that runs this. One without {@code jmods} links from its own image.
   *
   * <p>The classes stay uncompressed: the zip packs them better than jlink does, and they load
   * faster. Those of the JDK lose their line numbers, a seventh of the zip; ours keep them.
   *
   * @return its {@code java}
   * @throws IllegalStateException when the JDK has no jlink, or jlink fails; it says why on stderr
   */
  static Path make(Path folder) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("no jlink in " + jdk() + ": " + ADVICE));
    int exit =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            String.join(",", MODULES),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--generate-cds-archive",
            "--output",
            folder.toString());
    if (exit != 0) {
      throw new IllegalStateException("jlink of " + jdk() + " failed: " + ADVICE);
    }
    return folder.resolve("bin").resolve("java");
  }

  private static String jdk() {
    return System.getProperty("java.home");
  }
}
