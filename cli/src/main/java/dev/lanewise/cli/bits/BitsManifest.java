package dev.lanewise.cli.bits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A text file of names and hashes, a line each. */
public final class BitsManifest {
  private static final String FILE = "bits.txt";

  /**
   * A name whose hashes differ.
   *
   * @param name of a model and of what was hashed, with a slash between
   * @param expected hash, or {@code nothing}
   * @param got hash, or {@code nothing}
   */
  public record Difference(String name, String expected, String got) {
    @Override
    public String toString() {
      return name + ": expected " + expected + ", got " + got;
    }
  }

  private BitsManifest() {}

  /** The one that comes with this class. */
  public static Map<String, String> read() {
    try (InputStream in = BitsManifest.class.getResourceAsStream(FILE)) {
      return parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> parse(String text) {
    Map<String, String> hashes = new TreeMap<>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      if (space < 0 || hashes.put(line.substring(0, space), line.substring(space + 1)) != null) {
        throw new IllegalStateException(FILE + ": no name and hash, or a name again: " + line);
      }
    }
    return hashes;
  }

  /** Writes one, in the order of the map. */
  public static void write(Path file, Map<String, String> hashes) throws IOException {
    StringBuilder lines = new StringBuilder();
    hashes.forEach((name, hash) -> lines.append(name).append(' ').append(hash).append('\n'));
    Files.writeString(file, lines);
  }

  /** What differs, in the order of the names. */
  public static List<Difference> differences(
      Map<String, String> expected, Map<String, String> actual) {
    Map<String, String> all = new TreeMap<>(expected);
    all.putAll(actual);
    List<Difference> found = new ArrayList<>();
    for (String name : all.keySet()) {
      String wanted = expected.getOrDefault(name, "nothing");
      String got = actual.getOrDefault(name, "nothing");
      if (!wanted.equals(got)) {
        found.add(new Difference(name, wanted, got));
      }
    }
    return found;
  }
}
