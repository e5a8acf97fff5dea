package dev.lanewise.cli;

import dev.lanewise.formats.CsvLine;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.DoubleArray;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.TableFrame;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.ForecastWindows;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code predict} gives to the model.
 *
 * @param file where x is from
 * @param x (batch, timesteps, features), or (batch, timesteps) of token ids
 * @param windows the rows that x is made of, of a forecaster; null for an array as it is
 * @param lengths the real length of each sample; null where none are given
 */
record PredictInput(
    ArrayFile file, Tensor x, @Nullable ForecastWindows windows, @Nullable SampleLengths lengths) {
  static final String FEATURES = "features";

  static PredictInput read(
      Sequential network,
      @Nullable String features,
      @Nullable Classes classes,
      @Nullable ForecastFile forecaster,
      ArrayFile file,
      boolean allWindows,
      @Nullable ArrayFile lengthsFile) {
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
      Tensor numbers = numbers(file, features);
      x = ids ? numbers : classes != null ? classes.rows(numbers) : Sequences.rows(numbers);
    } else if (forecaster != null && !forecaster.model().recipe().isPlain()) {
      windows = arrays(file, forecaster.model());
      x = windows.x();
    } else {
      x = file.read();
    }
    SampleLengths lengths = SampleLengths.read(lengthsFile, file, x);
    if (!ids && windows == null) { // ids the model checks, windows the recipe
      FiniteInput.check(file, x, lengths, network.maskValue());
    }
    return new PredictInput(file, x, windows, lengths);
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
        throw FiniteInput.refused(file, array.values()[i], ArrayFile.index(shape, i));
      }
    }
    double[][][] windows = new double[(int) shape.dim(0)][rows][columns.size()];
    for (int i = 0; i < array.values().length; i++) {
      int row = i / columns.size();
      windows[row / rows][row % rows][i % columns.size()] = array.values()[i];
    }
    return CommandWords.about(file.path(), () -> model.windows(windows));
  }

  /** The mask that the lengths are; null where there are none. */
  @Nullable Mask mask() {
    return lengths == null ? null : lengths.mask(x, about());
  }

  /** The files and their shapes, for errors. */
  String about() {
    String array = file.path() + " " + x.shape();
    return lengths == null ? array : lengths.about() + ", " + array;
  }
}
