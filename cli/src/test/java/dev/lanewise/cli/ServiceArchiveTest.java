package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Lstm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/start-up.md tells the owner of a service: one run writes an archive, later ones read
 * it.
 */
class ServiceArchiveTest {
  private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

  @TempDir private Path directory;

  @Test
  void aSecondStartReadsOurClassesFromTheArchiveOfTheFirst() throws Exception {
    List<String> jars = jars();
    Path archive = directory.resolve("service.jsa");
    Path log = directory.resolve("classes.log");
    String first = run(jars, "-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off");
    String second =
        run(
            jars,
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds=off",
            "-Xlog:aot=off",
            "-Xlog:cds+dynamic=off",
            "-Xlog:class+load:file=" + log);
    assertEquals(first, second);
    List<String> loaded = Files.readAllLines(log);
    for (Class<?> each : List.of(Service.class, Lstm.class)) {
      assertTrue(
          loaded.stream()
              .anyMatch(
                  line -> line.contains(each.getName() + " source: shared objects file (top)")),
          each.getName());
    }
  }

  /** What it prints; on stderr nothing but the JVM's line. */
  private String run(List<String> jars, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, jars), Service.class.getName()));
    Path out = directory.resolve("out");
    Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), err);
    assertEquals(INCUBATOR, err.strip());
    return Files.readString(out);
  }

  /**
   * The class path of this test with each folder as a jar: the JVM archives no class of a folder.
   */
  private List<String> jars() throws IOException {
    List<String> jars = new ArrayList<>();
    String classPath = System.getProperty("java.class.path");
    for (String entry : Stream.of(classPath.split(File.pathSeparator)).toList()) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(jar(path, directory.resolve(jars.size() + ".jar")).toString());
      } else if (entry.endsWith(".jar")) {
        jars.add(entry);
      }
    }
    return jars;
  }

  private static Path jar(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(each -> each.toString().endsWith(".class")).toList()) {
        out.putNextEntry(
            new ZipEntry(folder.relativize(path).toString().replace(File.separatorChar, '/')));
        Files.copy(path, out);
      }
    }
    return jar;
  }
}
