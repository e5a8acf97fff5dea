package dev.lanewise.cli;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code predict} gives to the model.
 *
 * @param file where x is from
 * @param x (batch, timesteps, features), or (batch, timesteps) of token ids
 * @param lengthsFile where the lengths are from; null where there are none
 * @param lengths the real length of each sample; empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PredictInput(ArrayFile file, Tensor x, @Nullable ArrayFile lengthsFile, int[] lengths) {

  static PredictInput read(
      ModelReader.Contents contents,
      @Nullable TableForecast forecast,
      Path model,
      ArrayFile file,
      boolean allWindows,
      @Nullable ArrayFile lengthsFile) {
    boolean ids = contents.model().layers().getFirst() instanceof Embedding;
    Tensor x;
    if (forecast != null && file.isCsv() && !ids) {
      x = windows(file, forecast, allWindows);
    } else if (allWindows) {
      throw new InputException(
          "--all-windows: expected a CSV, and a model of the command train, which has a window; "
              + file.path()
              + (file.isCsv()
                  ? " is one, but the model has no window"
                  : " is an array: give it as windows"));
    } else if (file.isCsv()) {
      x = table(contents, model, file, ids);
    } else {
      x = forecast != null && forecast.isScaled() ? scaled(file, forecast) : file.read();
    }
    int[] lengths = lengthsFile == null ? new int[0] : lengthsFile.readLengths();
    PredictInput input = new PredictInput(file, x, lengthsFile, lengths);
    if (lengthsFile != null) {
      input.checkLengths(lengthsFile);
    }
    if (!ids) { // those the model checks
      input.checkFinite(contents.model().maskValue());
    }
    return input;
  }

  /** The last window of a table, or all. */
  private static Tensor windows(ArrayFile file, TableForecast forecast, boolean all) {
    CsvTable table = file.table();
    int length = forecast.window();
    if (table.rows() < length) {
      throw new InputException(
          file.path()
              + ": expected "
              + length
              + " rows or more, as many as the model looks back on, got "
              + table.rows());
    }
    TimeOrder.check(table, file.path());
    Tensor windows = Windows.length(length).inputs(forecast.series(table));
    return all ? windows : windows.slice(0, windows.dim(0) - 1, windows.dim(0));
  }

  /** A table as one sequence, or of token ids with a row a sample. */
  private static Tensor table(
      ModelReader.Contents contents, Path model, ArrayFile file, boolean ids) {
    CsvTable table = file.table();
    String named = contents.metadata().get(TableForecast.FEATURES);
    Tensor x = named == null ? table.numbers() : table.numbers(TableForecast.names(named, model));
    if (ids) {
      return x;
    }
    TimeOrder.check(table, file.path());
    return Sequences.rows(x);
  }

  /** An array in the units of the table that the model was trained on, as the model takes it. */
  private static Tensor scaled(ArrayFile file, TableForecast forecast) {
    DoubleArray array = file.readDoubles();
    List<ColumnScale> scales = forecast.features().stream().map(forecast::scale).toList();
    float[] near = new float[array.values().length];
    for (int i = 0; i < near.length; i++) {
      near[i] = scales.get(i % scales.size()).in(array.values()[i]);
    }
    return Tensor.of(near, array.shape().toArray());
  }

  private void checkLengths(ArrayFile from) {
    if (x.rank() < 2 || lengths.length != x.dim(0)) {
      throw new InputException(
          from.path()
              + " "
              + Shape.of(lengths.length)
              + ": expected "
              + (x.rank() == 0 ? "(batch)" : Shape.of(x.dim(0)))
              + ", a length for each sample of "
              + file.path()
              + " "
              + x.shape());
    }
  }

  /** The mask that the lengths are; null where there are none. */
  @Nullable Mask mask() {
    if (lengthsFile == null) {
      return null;
    }
    try {
      return Mask.ofLengths(Math.toIntExact(x.dim(1)), lengths);
    } catch (IllegalArgumentException e) {
      throw new InputException(about() + ": " + CommandWords.of(e), e);
    }
  }

  /** The files and their shapes, for errors. */
  String about() {
    String array = file.path() + " " + x.shape();
    return lengthsFile == null
        ? array
        : lengthsFile.path() + " " + Shape.of(lengths.length) + ", " + array;
  }

  /**
   * A NaN would go through the network unseen and come out as a forecast. In padding it means
   * nothing, and becomes 0: a layer before the first LSTM may still read it.
   *
   * @param maskValue a step of nothing else is padding to the model
   */
  private void checkFinite(float maskValue) {
    float[] values = x.toArray();
    int width = x.rank() == 0 ? 1 : Math.max(1, (int) x.dim(-1));
    for (int i = 0; i < values.length; i++) {
      if (Float.isFinite(values[i])) {
        continue;
      }
      long[] index = ArrayFile.index(x, i);
      if (x.rank() == 3 && lengthsFile != null && index[1] >= lengths[(int) index[0]]) {
        x.set(0, index);
      } else if (!isAll(values, i - i % width, width, maskValue)) {
        throw new InputException(
            file.path()
                + ": expected finite numbers, got "
                + values[i]
                + " at "
                + Arrays.toString(index)
                + "; fill it in or leave the sequence out");
      }
    }
  }

  private static boolean isAll(float[] values, int from, int width, float value) {
    for (int i = from; i < from + width; i++) {
      if (values[i] != value) {
        return false;
      }
    }
    return true;
  }
}
