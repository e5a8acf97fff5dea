package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.Npy;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes arrays as .npy or CSV: all of them or none. */
final class ArrayOutputs {
  private ArrayOutputs() {}

  /** Refuses a name that says no format, and one file for two arrays. */
  static void check(Map<String, Path> paths) {
    Set<Path> seen = new HashSet<>();
    for (Path path : paths.values()) {
      if (!ArrayFile.ends(path, ".npy") && !ArrayFile.ends(path, ".csv")) {
        throw new InputException("--out " + path + ": expected a name that ends in .npy or .csv");
      }
      if (!seen.add(path.toAbsolutePath().normalize())) {
        throw new InputException("--out " + path + " is given twice; choose a file for each array");
      }
    }
  }

  /**
   * Writes.
   *
   * @param arrays by the names of the paths
   */
  static void write(Map<String, Path> paths, Map<String, Tensor> arrays) {
    Map<Path, AtomicFile.Contents> files = new LinkedHashMap<>();
    paths.forEach(
        (name, path) -> {
          Tensor array = arrays.get(name);
          if (array != null) {
            files.put(
                path,
                ArrayFile.ends(path, ".csv") ? table(name, array).contents() : Npy.contents(array));
          }
        });
    AtomicFile.writeAll(files);
  }

  /** A row for each but the last axis, with a column for each unit. */
  private static CsvTable table(String name, Tensor array) {
    long units = array.dim(-1);
    List<String> columns = IntStream.range(0, (int) units).mapToObj(i -> name + i).toList();
    return CsvTable.of(
        columns, array.contiguous().reshape(array.size() / Math.max(1, units), units));
  }
}
