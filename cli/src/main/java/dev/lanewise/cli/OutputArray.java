package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.Npy;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An array to write.
 *
 * @param shape its axes
 * @param array as the model gives it; null where its numbers are float64
 * @param numbers in row-major order
 * @param columns over its columns as CSV, those of {@code before} first
 * @param before what is told of each row before its numbers
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutputArray(
    Shape shape,
    @Nullable Tensor array,
    double[] numbers,
    List<String> columns,
    List<List<String>> before) {

  /** An array as the model gives it. */
  static OutputArray of(String name, Tensor array) {
    int units = array.rank() == 0 ? 1 : (int) array.dim(-1);
    List<String> columns = IntStream.range(0, units).mapToObj(unit -> name + unit).toList();
    return of(columns, array);
  }

  /** An array as the model gives it, with a name over each column. */
  static OutputArray of(List<String> columns, Tensor array) {
    return of(columns, array, List.of());
  }

  /** The same, with text before the numbers of each row. */
  static OutputArray of(List<String> columns, Tensor array, List<List<String>> before) {
    float[] values = array.toArray();
    double[] numbers = new double[values.length];
    Arrays.setAll(numbers, i -> values[i]);
    return new OutputArray(array.shape(), array, numbers, columns, before);
  }

  /** Forecasts in real units, a row a window. */
  static OutputArray of(List<String> columns, double[][] values, List<List<String>> before) {
    double[] numbers = Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    Shape shape = Shape.of(values.length, values.length == 0 ? 0 : values[0].length);
    return new OutputArray(shape, null, numbers, columns, before);
  }

  /** Float32 as the model gives it; forecasts in real units as float64. */
  AtomicFile.Contents npy() {
    return array == null ? Npy.contents(new DoubleArray(shape, numbers)) : Npy.contents(array);
  }

  /** What {@link #npy} writes, to standard output. */
  StandardStreams.Contents npyStream() {
    return array == null
        ? channel -> Npy.write(channel, new DoubleArray(shape, numbers))
        : channel -> Npy.write(channel, array);
  }

  private String text(int i) {
    return array == null ? Numbers.exact(numbers[i]) : Float.toString((float) numbers[i]);
  }

  /** A row for each but the last axis, with a column for each unit. */
  CsvTable table() {
    int units = shape.rank() == 0 ? 1 : (int) shape.dim(-1);
    List<List<String>> rows = new ArrayList<>();
    for (int from = 0; from < numbers.length; from += units) {
      List<String> row = new ArrayList<>(before.isEmpty() ? List.of() : before.get(from / units));
      for (int i = from; i < from + units; i++) {
        row.add(text(i));
      }
      rows.add(row);
    }
    return CsvTable.of(columns, rows);
  }
}
