package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Writes arrays as .npy or CSV: all of them or none. */
final class ArrayOutputs {
  private ArrayOutputs() {}

  /** Refuses a name that says no format, and one file for two arrays. */
  static void check(Map<String, Path> paths) {
    Set<Path> seen = new HashSet<>();
    for (Path path : paths.values()) {
      boolean known = ArrayFile.ends(path, ".npy") || ArrayFile.ends(path, ".csv");
      if (!known && !StandardStreams.is(path)) {
        throw new InputException(
            "--out " + path + ": expected a name that ends in .npy or .csv, or - for stdout");
      }
      if (!seen.add(path.toAbsolutePath().normalize())) {
        throw new InputException("--out " + path + " is given twice; choose a file for each array");
      }
    }
  }

  /** Whether one of them goes to standard output, where then nothing else may. */
  static boolean takeStdout(Map<String, Path> paths) {
    return paths.values().stream().anyMatch(StandardStreams::is);
  }

  /**
   * Writes: the files first, for what is on standard output cannot be taken back.
   *
   * @param arrays by the names of the paths
   * @param csv whether standard output gets a CSV
   */
  static void write(Map<String, Path> paths, Map<String, OutputArray> arrays, boolean csv) {
    Map<Path, AtomicFile.Contents> files = new LinkedHashMap<>();
    paths.forEach(
        (name, path) -> {
          OutputArray array = arrays.get(name);
          if (array != null && !StandardStreams.is(path)) {
            files.put(path, ArrayFile.ends(path, ".csv") ? array.table().contents() : array.npy());
          }
        });
    AtomicFile.writeAll(files);
    paths.forEach(
        (name, path) -> {
          OutputArray array = arrays.get(name);
          if (array != null && StandardStreams.is(path)) {
            CsvTable table = array.table();
            StandardStreams.write(csv ? table::write : array.npyStream());
          }
        });
  }
}
