package dev.lanewise.cli;

import dev.lanewise.formats.CsvOptions;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.Npy;
import dev.lanewise.formats.Npz;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An array to read, from a file or from standard input, and which it is of those in its file. */
final class ArrayFile {
  private static final byte NPY = (byte) 0x93; // its first byte, which no text in UTF-8 has

  private enum Format {
    NPY,
    NPZ,
    CSV
  }

  private final String name;
  private final Path path;
  private final Format format;
  private final byte @Nullable [] bytes; // of standard input
  private final boolean timeMajor;

  private ArrayFile(
      String name, Path path, Format format, byte @Nullable [] bytes, boolean timeMajor) {
    this.name = name;
    this.path = path;
    this.format = format;
    this.bytes = bytes;
    this.timeMajor = timeMajor;
  }

  /** The same, whose arrays have the time before the batch. */
  ArrayFile timeMajor() {
    return new ArrayFile(name, path, format, bytes, true);
  }

  /**
   * A file, whose name says its format, or standard input, whose first byte does.
   *
   * @param path {@code -} for standard input, which is read now
   */
  static ArrayFile of(String name, Path path) {
    if (StandardStreams.is(path)) {
      byte[] bytes = StandardStreams.read();
      if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
        throw new InputException(
            "--input -: expected .npy or CSV, got a zip archive; give an .npz as a file");
      }
      boolean npy = bytes.length > 0 && bytes[0] == NPY;
      return new ArrayFile(
          name, StandardStreams.INPUT, npy ? Format.NPY : Format.CSV, bytes, false);
    }
    for (Format format : Format.values()) {
      if (ends(path, "." + format.name().toLowerCase(Locale.ROOT))) {
        return new ArrayFile(name, path, format, null, false);
      }
    }
    throw new InputException(
        "--input " + path + ": expected a name that ends in .npy, .npz or .csv");
  }

  static boolean ends(Path path, String suffix) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(suffix);
  }

  /** What errors call it. */
  Path path() {
    return path;
  }

  boolean isCsv() {
    return format == Format.CSV;
  }

  /** The table that a CSV is. */
  CsvTable table() {
    return table(CsvOptions.of());
  }

  /** The table that a CSV is, read as a model's own was. */
  CsvTable table(CsvOptions options) {
    return bytes == null
        ? CsvTable.read(path, options)
        : CsvTable.read(new ByteArrayInputStream(bytes), path, options);
  }

  /** The numbers, float32; of a CSV all columns, of an array the batch first. */
  Tensor read() {
    return switch (format) {
      case CSV -> table().numbers();
      case NPZ -> batchFirst(fromArchive());
      case NPY ->
          batchFirst(
              bytes == null ? Npy.read(path) : Npy.read(new ByteArrayInputStream(bytes), path));
    };
  }

  private Tensor batchFirst(Tensor array) {
    return timeMajor && array.rank() >= 2 ? swapped(array) : array;
  }

  /** An output (batch, timesteps, ..) with the time first; one without a time as it is. */
  static Tensor timeMajor(Tensor array) {
    return array.rank() >= 3 ? swapped(array) : array;
  }

  private static Tensor swapped(Tensor array) {
    int[] axes = IntStream.range(0, array.rank()).toArray();
    axes[0] = 1;
    axes[1] = 0;
    return array.permute(axes).contiguous();
  }

  /** The numbers of an .npy in double. */
  DoubleArray readDoubles() {
    if (format == Format.NPZ) {
      throw new InputException(
          path
              + ": expected an .npy or a CSV, for this model scales its columns in double before"
              + " they are rounded; save the array with numpy.save");
    }
    try (InputStream from =
        bytes == null ? Files.newInputStream(path) : new ByteArrayInputStream(bytes)) {
      return Npy.readDoubles(from, path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be read: " + e.getMessage(), e);
    }
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
    if (format == Format.NPY) {
      all =
          bytes == null ? Npy.readInts(path) : Npy.readInts(new ByteArrayInputStream(bytes), path);
    } else {
      Tensor numbers = read();
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
      throw new InputException(path + " " + array.shape() + ": " + CommandWords.of(e), e);
    }
  }

  /** The axes of an element from its place in row-major order: {@code [2, 0, 3]}. */
  static long[] index(Shape x, long place) {
    long[] index = new long[x.rank()];
    long rest = place;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % x.dim(axis);
      rest /= x.dim(axis);
    }
    return index;
  }
}
