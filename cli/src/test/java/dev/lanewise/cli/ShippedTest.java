package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What lies in {@code lib} beside the command line's jar: the build says, NOTICE says too. */
class ShippedTest {
  private static final Pattern VERSION = Pattern.compile("-[0-9].*\\.jar$");
  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib|a|lib)(\\.[0-9.]+)?$");

  private static List<Path> jars() throws IOException {
    String paths = Files.readString(Path.of("target/shipped.txt")).strip();
    return Stream.of(paths.split(Pattern.quote(File.pathSeparator)))
        .filter(path -> path.endsWith(".jar"))
        .map(Path::of)
        .filter(path -> !path.getFileName().toString().startsWith("lanewise-"))
        .toList();
  }

  @Test
  void noticeNamesEveryJarAndNoOther() throws IOException {
    SortedSet<String> shipped = new TreeSet<>();
    for (Path jar : jars()) {
      shipped.add(VERSION.matcher(jar.getFileName().toString()).replaceFirst(""));
    }
    assertFalse(shipped.isEmpty());
    SortedSet<String> named =
        Files.readAllLines(Path.of("../NOTICE")).stream()
            .filter(line -> line.matches("  [a-z0-9-]+ +(cli|formats) .*"))
            .map(line -> line.replaceFirst("  ([a-z0-9-]+) .*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(shipped, named);
  }

  @Test
  void noJarHoldsANativeLibrary() throws IOException {
    for (Path jar : jars()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        List<String> found =
            zip.stream()
                .map(entry -> entry.getName())
                .filter(name -> NATIVE.matcher(name).matches())
                .toList();
        assertEquals(List.of(), found, jar.toString());
      }
    }
  }
}
