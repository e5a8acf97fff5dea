package dev.lanewise.cli;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.lstm.Standardization;
import dev.lanewise.lstm.TimeSplit;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table made ready for a forecaster: windows in standard units to train on, and windows in real
 * units of the last rows to test on. The scaling is fitted on the training rows alone; a test
 * window's target is a test row, its inputs may reach back.
 *
 * @param inputs scaling of the features
 * @param output scaling of the target
 * @param trainX (windows, length, features), standardized
 * @param trainY (windows, 1), standardized
 * @param testX (windows, length, features), as in the file
 * @param actual (windows, 1), as in the file
 * @param naive the target at the end of each test window: tomorrow is as today
 * @param rows the row of the table, counted from 0, that each test window forecasts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ForecastData(
    Standardization inputs,
    Standardization output,
    Tensor trainX,
    Tensor trainY,
    Tensor testX,
    Tensor actual,
    float[] naive,
    long[] rows) {

  static ForecastData of(
      CsvTable table,
      Path file,
      List<String> features,
      String target,
      int length,
      int horizon,
      double held) {
    List<String> columns = new ArrayList<>(features);
    if (!columns.contains(target)) {
      columns.add(target);
    }
    Tensor series = table.numbers(columns);
    int goal = columns.indexOf(target);
    int width = features.size();
    checkRows(file, series.dim(0), length, horizon, held);
    TimeSplit split = TimeSplit.of(series.dim(0), 0, held);
    Standardization all = Standardization.fit(split.train(series));
    Windows windows = Windows.length(length).horizon(horizon).targets(goal);
    Windows.Samples train = windows.of(all.transform(split.train(series)));
    long lookBack = length + horizon - 1L;
    Windows.Samples test = windows.of(split.test(series, lookBack));
    float[] naive = new float[Math.toIntExact(test.count())];
    long[] rows = new long[naive.length];
    for (int n = 0; n < naive.length; n++) {
      naive[n] = test.x().get(n, length - 1L, goal);
      rows[n] = split.trainRows() - lookBack + test.targetRows()[n];
    }
    int[] inputs = new int[width];
    Arrays.setAll(inputs, i -> i);
    return new ForecastData(
        all.select(inputs),
        all.select(goal),
        train.x().slice(2, 0, width),
        train.y(),
        test.x().slice(2, 0, width),
        test.y(),
        naive,
        rows);
  }

  private static void checkRows(Path file, long rows, int length, int horizon, double held) {
    long heldRows = Math.max(1, Math.round(rows * held));
    long needed = (long) length + horizon;
    if (rows - heldRows < needed) {
      throw new InputException(
          file
              + ": "
              + rows
              + " rows, of which --validation "
              + held
              + " leaves "
              + Math.max(0, rows - heldRows)
              + " to train on; --window "
              + length
              + " and --horizon "
              + horizon
              + " need "
              + needed
              + " or more. Bring more rows or lower --window");
    }
  }
}
