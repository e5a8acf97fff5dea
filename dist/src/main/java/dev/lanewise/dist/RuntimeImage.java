package dev.lanewise.dist;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** A Java runtime of the modules that the command line needs, as {@code jlink} makes it. */
final class RuntimeImage {
  /** What the jars reach by name alone: tables of other encodings. */
  private static final String BY_NAME = "jdk.charsets";

  private static final String ADVICE =
      "the zip needs a whole JDK, such as Temurin; some systems pack jlink's modules by themselves";

  private RuntimeImage() {}

  /**
   * Makes it of the JDK that runs this. One without {@code jmods} links from its own image.
   *
   * <p>The classes stay uncompressed: the zip packs them better than jlink does, and they load
   * faster. Those of the JDK lose their line numbers, a seventh of the zip; ours keep them.
   *
   * @param jars what it is to run
   * @return its {@code java}
   * @throws IllegalStateException when the JDK has no jlink or jdeps, or one of them fails
   */
  static Path make(Path folder, List<Path> jars) {
    String modules = modules(jars);
    ToolProvider jlink = tool("jlink");
    int exit =
        jlink.run(
            System.out,
            System.err,
            "--add-modules",
            modules + "," + BY_NAME,
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

  /** What classes of the jars name, whether they are reached or not. */
  private static String modules(List<Path> jars) {
    List<String> arguments =
        new ArrayList<>(List.of("--multi-release", "base", "--ignore-missing-deps"));
    arguments.add("--print-module-deps");
    jars.forEach(jar -> arguments.add(jar.toString()));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int exit = tool("jdeps").run(out, out, arguments.toArray(String[]::new));
    out.flush();
    if (exit != 0) {
      throw new IllegalStateException("jdeps of " + jdk() + " failed: " + said);
    }
    return said.toString().strip().lines().toList().getLast(); // behind warnings
  }

  private static ToolProvider tool(String name) {
    return ToolProvider.findFirst(name)
        .orElseThrow(
            () -> new IllegalStateException("no " + name + " in " + jdk() + ": " + ADVICE));
  }

  private static String jdk() {
    return System.getProperty("java.home");
  }
}
