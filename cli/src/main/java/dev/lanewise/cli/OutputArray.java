package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.Npy;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An array to write.
 *
 * @param array as the model gives it
 * @param name over its column; where it has several, each has its number behind the name
 * @param single over the column where there is one
 * @param scale what its numbers are brought back by
 */
record OutputArray(Tensor array, String name, String single, ColumnScale scale) {

  static OutputArray of(String name, Tensor array) {
    return new OutputArray(array, name, name + "0", ColumnScale.NONE);
  }

  /** Float32; float64 where the numbers are scaled back, for float32 would not hold them. */
  AtomicFile.Contents npy() {
    return scale.isNone() ? Npy.contents(array) : Npy.contents(doubles());
  }

  /** What {@link #npy} writes, to standard output. */
  StandardStreams.Contents npyStream() {
    return scale.isNone()
        ? channel -> Npy.write(channel, array)
        : channel -> Npy.write(channel, doubles());
  }

  private DoubleArray doubles() {
    float[] given = array.toArray();
    double[] real = new double[given.length];
    for (int i = 0; i < real.length; i++) {
      real[i] = scale.out(given[i]);
    }
    return new DoubleArray(array.shape(), real);
  }

  /** A row for each but the last axis, with a column for each unit. */
  CsvTable table() {
    int units = array.rank() == 0 ? 1 : (int) array.dim(-1);
    List<String> columns =
        units == 1
            ? List.of(single)
            : IntStream.range(0, units).mapToObj(unit -> name + unit).toList();
    float[] values = array.toArray();
    List<List<String>> rows = new ArrayList<>();
    for (int from = 0; from < values.length; from += units) {
      List<String> row = new ArrayList<>();
      for (int i = from; i < from + units; i++) {
        row.add(scale.text(values[i]));
      }
      rows.add(row);
    }
    return CsvTable.of(columns, rows);
  }
}
