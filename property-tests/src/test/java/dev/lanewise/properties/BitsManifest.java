package dev.lanewise.properties;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A text file of names and hashes, a line each. */
final class BitsManifest {
  private BitsManifest() {}

  static void write(Path file, Map<String, String> hashes) throws IOException {
    StringBuilder lines = new StringBuilder();
    hashes.forEach((name, hash) -> lines.append(name).append(' ').append(hash).append('\n'));
    Files.writeString(file, lines);
  }

  static Map<String, String> read(Path file) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      int space = line.indexOf(' ');
      if (space < 0 || hashes.put(line.substring(0, space), line.substring(space + 1)) != null) {
        throw new IOException(file + ": no name and hash, or a name again: " + line);
      }
    }
    return hashes;
  }

  /** What differs, a line each, in the order of the names. */
  static List<String> differences(Map<String, String> expected, Map<String, String> actual) {
    Map<String, String> all = new TreeMap<>(expected);
    all.putAll(actual);
    List<String> found = new ArrayList<>();
    for (String name : all.keySet()) {
      String wanted = expected.getOrDefault(name, "nothing");
      String got = actual.getOrDefault(name, "nothing");
      if (!wanted.equals(got)) {
        found.add(name + ": expected " + wanted + ", got " + got);
      }
    }
    return found;
  }
}
