package dev.lanewise.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The shares of the peak that are expected, one file a vector width. */
final class GuardMarks {
  private static final Path SOURCE = Path.of("bench/src/main/resources/dev/lanewise/bench");

  private final Properties marks;

  private GuardMarks(Properties marks) {
    this.marks = marks;
  }

  private static String file() {
    return "guard-" + Peak.bits() + ".properties";
  }

  /**
   * Those of this JVM's width.
   *
   * @throws IllegalStateException when there are none
   */
  static GuardMarks load() {
    try (InputStream in = GuardMarks.class.getResourceAsStream(file())) {
      if (in == null) {
        throw new IllegalStateException(
            "Guard: no marks for " + Peak.bits() + " bits. Measure them: Guard --update");
      }
      Properties marks = new Properties();
      marks.load(in);
      return new GuardMarks(marks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each row's; may be modified. */
  Map<String, Double> all() {
    Map<String, Double> all = new TreeMap<>();
    marks.stringPropertyNames().forEach(name -> all.put(name, of(name)));
    return all;
  }

  /** The expected share; NaN where there is none. */
  double of(String name) {
    return Double.parseDouble(marks.getProperty(name, "NaN"));
  }

  /** Writes the file into the sources; to be run in the folder of the project. */
  static Path write(Map<String, Double> shares) {
    StringBuilder text =
        new StringBuilder("# Shares of the FMA peak, written by Guard --update.\n");
    new TreeMap<>(shares)
        .forEach(
            (name, share) -> text.append(String.format(Locale.ROOT, "%s=%.3f%n", name, share)));
    try {
      return Files.writeString(SOURCE.resolve(file()), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
