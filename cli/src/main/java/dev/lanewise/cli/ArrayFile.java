package dev.lanewise.cli;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.Npy;
import dev.lanewise.formats.Npz;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** An array to read, and which it is of those in its file. */
record ArrayFile(String name, Path path) {

  /** Refuses a name that says no format. */
  ArrayFile {
    if (!ends(path, ".npy") && !ends(path, ".npz") && !ends(path, ".csv")) {
      throw new InputException(
          "--input " + path + ": expected a name that ends in .npy, .npz or .csv");
    }
  }

  static boolean ends(Path path, String suffix) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(suffix);
  }

  boolean isCsv() {
    return ends(path, ".csv");
  }

  /**
   * The numbers, float32.
   *
   * @param columns of a CSV; empty for all
   */
  Tensor read(List<String> columns) {
    if (isCsv()) {
      CsvTable table = CsvTable.read(path);
      return table.numbers(columns.isEmpty() ? table.columns() : columns);
    }
    return ends(path, ".npz") ? fromArchive() : Npy.read(path);
  }

  /** Its only array, or that of the input's name. */
  private Tensor fromArchive() {
    Map<String, Tensor> arrays = Npz.read(path);
    Tensor array = arrays.size() == 1 ? arrays.values().iterator().next() : arrays.get(name);
    if (array == null) {
      throw new InputException(
          path
              + ": expected one array, or one of the name \""
              + name
              + "\", got "
              + (arrays.isEmpty() ? "none" : String.join(", ", arrays.keySet())));
    }
    return array;
  }

  /** One whole number a sample. */
  int[] readLengths() {
    Tensor all;
    if (ends(path, ".npy")) {
      all = Npy.readInts(path);
    } else {
      Tensor numbers = read(List.of());
      all = about(numbers, () -> (isCsv() ? column(numbers) : numbers).toInt());
    }
    if (all.rank() != 1) {
      throw new InputException(
          path + " " + all.shape() + ": expected (batch), the length of each sample");
    }
    return all.toIntArray();
  }

  private static Tensor column(Tensor table) {
    return table.dim(1) == 1 ? table.squeeze(1) : table;
  }

  /** Puts the file and its shape before what the library refuses. */
  <T> T about(Tensor array, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new InputException(path + " " + array.shape() + ": " + e.getMessage(), e);
    }
  }

  /** A NaN would go through the network unseen and come out as a forecast. */
  void checkFinite(Tensor x) {
    float[] values = x.toArray();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            path
                + ": expected finite numbers, got "
                + values[i]
                + " at "
                + index(x, i)
                + "; fill it in or leave the sequence out");
      }
    }
  }

  /** The axes of an element from its place in row-major order: {@code [2, 0, 3]}. */
  static String index(Tensor x, long place) {
    long[] index = new long[x.rank()];
    long rest = place;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % x.dim(axis);
      rest /= x.dim(axis);
    }
    return Arrays.toString(index);
  }
}
