package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code predict} gives to the model.
 *
 * @param file where x is from
 * @param x (batch, timesteps, features), or (batch, timesteps) of token ids
 * @param windows the rows that x is made of, of a forecaster; null for an array as it is
 * @param lengthsFile where the lengths are from; null where there are none
 * @param lengths the real length of each sample; empty where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PredictInput(
    ArrayFile file,
    Tensor x,
    @Nullable ForecastWindows windows,
    @Nullable ArrayFile lengthsFile,
    int[] lengths) {
  private static final String FEATURES = "features";

  static PredictInput read(
      ModelReader.Contents contents,
      @Nullable ForecastFile forecaster,
      ArrayFile file,
      boolean allWindows,
      @Nullable ArrayFile lengthsFile) {
    Sequential network = contents.model();
    boolean ids = network.takesIds();
    ForecastWindows windows = null;
    Tensor x;
    if (forecaster != null && file.isCsv() && !ids) {
      windows = windows(file, forecaster, allWindows);
      x = windows.x();
    } else if (allWindows) {
      throw new InputException(
          "--all-windows: expected a CSV, and a model of the command train, which has a window; "
              + file.path()
              + (file.isCsv()
                  ? " is one, but the model has no window"
                  : " is an array: give it as windows"));
    } else if (file.isCsv()) {
      Tensor numbers = numbers(file, contents.metadata().get(FEATURES));
      x = ids ? numbers : Sequences.rows(numbers);
    } else if (forecaster != null && !forecaster.model().recipe().isPlain()) {
      windows = arrays(file, forecaster.model());
      x = windows.x();
    } else {
      x = file.read();
    }
    int[] lengths = lengthsFile == null ? new int[0] : lengthsFile.readLengths();
    PredictInput input = new PredictInput(file, x, windows, lengthsFile, lengths);
    if (lengthsFile != null) {
      input.checkLengths(lengthsFile);
    }
    if (!ids && windows == null) { // ids the model checks, windows the recipe
      input.checkFinite(network.maskValue());
    }
    return input;
  }

  /** All columns of a table, or those that the model's file names. */
  private static Tensor numbers(ArrayFile file, @Nullable String features) {
    CsvTable table = file.table();
    return features == null
        ? table.numbers()
        : table.numbers(ColumnNames.parse("metadata \"" + FEATURES + "\"", features));
  }

  /** The last window of a table, or all. */
  private static ForecastWindows windows(ArrayFile file, ForecastFile forecaster, boolean all) {
    CsvTable table = file.table(forecaster.options().csv());
    ForecastModel model = forecaster.model();
    TableFrame frame = TableFrame.of(table, forecaster.options(), model.recipe());
    ForecastWindows windows =
        CommandWords.about(
            file.path(), () -> all ? model.all(frame.frame()) : model.last(frame.frame()));
    List<String> lines = new ArrayList<>(frame.warnings());
    lines.addAll(windows.lines());
    lines.forEach(
        line -> System.err.println("lanewise: " + file.path() + ": " + CommandWords.of(line)));
    return windows;
  }

  /** Windows of an array in real units. */
  private static ForecastWindows arrays(ArrayFile file, ForecastModel model) {
    DoubleArray array = file.readDoubles();
    Shape shape = array.shape();
    List<String> columns = List.copyOf(model.recipe().columns());
    int rows = model.recipe().rowsNeeded();
    if (shape.rank() != 3 || shape.dim(1) != rows || shape.dim(2) != columns.size()) {
      throw new InputException(
          file.path()
              + " "
              + shape
              + ": expected (batch, "
              + rows
              + ", "
              + columns.size()
              + "), the rows that the model looks back on of "
              + CsvLine.join(columns));
    }
    for (int i = 0; i < array.values().length; i++) {
      if (!Double.isFinite(array.values()[i])) {
        throw notFinite(file, array.values()[i], ArrayFile.index(shape, i));
      }
    }
    double[][][] windows = new double[(int) shape.dim(0)][rows][columns.size()];
    for (int i = 0; i < array.values().length; i++) {
      int row = i / columns.size();
      windows[row / rows][row % rows][i % columns.size()] = array.values()[i];
    }
    return CommandWords.about(file.path(), () -> model.windows(windows));
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
      long[] index = ArrayFile.index(x.shape(), i);
      if (x.rank() == 3 && lengthsFile != null && index[1] >= lengths[(int) index[0]]) {
        x.set(0, index);
      } else if (!isAll(values, i - i % width, width, maskValue)) {
        throw notFinite(file, values[i], index);
      }
    }
  }

  private static InputException notFinite(ArrayFile file, double value, long[] index) {
    return new InputException(
        file.path()
            + ": expected finite numbers, got "
            + value
            + " at "
            + Arrays.toString(index)
            + "; fill it in or leave the sequence out");
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
