package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of the working tree that must be what the programs make, and are written by them. */
final class Checked {
  /** Surefire runs in the module's directory. */
  static final Path MODULE = Path.of("").toAbsolutePath();

  static final Path DOCS = MODULE.resolveSibling("docs");

  /** The pages whose code is that of the programs. */
  static final List<Path> GUIDES =
      Stream.of("shapes", "models", "training", "streams", "tutorials")
          .map(page -> DOCS.resolve(page + ".md"))
          .toList();

  static final Path IMAGES = DOCS.resolve("images");
  static final Path SOURCES = MODULE.resolve("src/main/java/dev/lanewise/examples");

  /** Read alone: the module is built where Kafka is wanted. */
  static final Path KAFKA = MODULE.resolve("kafka/src/main/java/dev/lanewise/examples/kafka");

  static final Path TESTS = MODULE.resolve("src/test/java/dev/lanewise/examples");

  private static final Path EXPECTED = MODULE.resolve("src/test/resources/dev/lanewise/examples");
  private static final boolean UPDATE = Boolean.getBoolean("lanewise.examples.update");

  private Checked() {}

  static Path expected(String program) {
    return EXPECTED.resolve(program + ".txt");
  }

  static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number that a program prints, as {@link ExamplesTest} compares it. */
  static double printed(String program, String name) {
    Matcher number =
        Pattern.compile("^" + Pattern.quote(name) + " +([0-9.]+)$", Pattern.MULTILINE)
            .matcher(read(expected(program)));
    assertTrue(number.find(), () -> program + " prints no " + name);
    return Double.parseDouble(number.group(1));
  }

  /** Compares, or writes where asked to. */
  static void text(Path file, String made) throws IOException {
    if (UPDATE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, made);
    }
    assertEquals(read(file), made, file::toString);
  }
}
