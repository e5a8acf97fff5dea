package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * A checkout with the true launcher and a Maven that builds nothing: it copies the jar of {@link
 * LauncherProbe}.
 */
final class Checkout {
  private static final Path TRUE = Path.of("..").toAbsolutePath().normalize();

  /** How a command ended, and what it wrote. */
  record Ended(int exit, String out, String err) {}

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  static Checkout in(Path root) throws IOException {
    Files.createDirectories(root.resolve(".mvn"));
    for (String file :
        List.of(
            "lanewise",
            ".mvn/find-jdk.sh",
            ".mvn/start-java.sh",
            ".mvn/BuildLock.java",
            "bench/report")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.copy(TRUE.resolve(file), root.resolve(file));
      executable(root.resolve(file));
    }
    Files.createFile(root.resolve("pom.xml"));
    for (String module : List.of("kernels", "tensor", "lstm", "formats", "examples", "cli")) {
      Files.createDirectories(root.resolve(module));
    }
    writeJar(root.resolve("probe.jar"));
    Checkout checkout = new Checkout(root);
    checkout.maven("");
    return checkout;
  }

  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, LauncherProbe.class.getName());
    String name = LauncherProbe.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        InputStream in = LauncherProbe.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new ZipEntry(name));
      in.transferTo(out);
    }
  }

  static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** Makes a Maven that says that it runs, does this, and then has built. */
  void maven(String lines) throws IOException {
    Files.writeString(
        path("mvnw"),
        """
        #!/bin/sh
        echo built >>maven.log
        mkdir -p cli/target/classes
        echo half >cli/target/classes/Half.class
        %s
        cp probe.jar cli/target/lanewise-cli.jar
        """
            .formatted(lines));
    executable(path("mvnw"));
  }

  /** As after a build, without one. */
  void build() throws IOException {
    Files.createDirectories(path("cli/target"));
    Files.copy(path("probe.jar"), path("cli/target/lanewise-cli.jar"));
    Files.createFile(path("cli/target/launcher-build"));
  }

  long builds() throws IOException {
    Path log = path("maven.log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  /** The names in a directory that begin so. */
  List<String> names(String directory, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(path(directory))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /**
   * Starts a command in it; stdout and stderr go to files of this name. No archive of classes is
   * made, but for {@code LANEWISE_ARCHIVE=yes}.
   */
  Process start(String name, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    for (String variable : List.of("LANEWISE_JAVA_OPTS", "LC_ALL", "LC_CTYPE", "LANG")) {
      builder.environment().remove(variable);
    }
    builder.environment().put("LANEWISE_ARCHIVE", "no");
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(path(name + ".out").toFile())
        .redirectError(path(name + ".err").toFile())
        .start();
  }

  Ended end(Process process, String name) throws IOException, InterruptedException {
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "goes on: " + process.info());
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), text(name + ".out"), text(name + ".err"));
  }

  private String text(String name) throws IOException {
    return Files.readString(path(name), StandardCharsets.UTF_8);
  }

  Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(path("lanewise").toString()));
    command.addAll(List.of(arguments));
    return end(start("run", environment, command.toArray(String[]::new)), "run");
  }
}
