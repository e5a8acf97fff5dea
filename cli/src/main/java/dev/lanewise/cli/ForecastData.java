package dev.lanewise.cli;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.lstm.Standardization;
import dev.lanewise.lstm.TimeSplit;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table made ready for a forecaster: windows in standard units to train on, and windows as the
 * model takes them of the last rows to test on. All scaling is fitted on the training rows alone; a
 * test window's target is a test row, its inputs may reach back.
 *
 * @param forecast what is forecast from what, and how its columns are brought near 0
 * @param inputs scaling of the features
 * @param output scaling of the target
 * @param trainX (windows, length, features), standardized
 * @param trainY (windows, 1), standardized
 * @param testX (windows, length, features), as the model takes them
 * @param testY (windows, 1), as the model gives them
 * @param rows the row of the table, counted from 0, that each test window forecasts
 * @param constant the columns that do not change in the rows trained on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ForecastData(
    TableForecast forecast,
    Standardization inputs,
    Standardization output,
    Tensor trainX,
    Tensor trainY,
    Tensor testX,
    Tensor testY,
    long[] rows,
    List<String> constant) {

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
    checkRows(file, table.rows(), length, horizon, held);
    TimeSplit split = TimeSplit.of(table.rows(), 0, held);
    int trained = (int) split.trainRows();
    Map<String, ColumnScale> scales = new LinkedHashMap<>();
    List<String> constant = new ArrayList<>();
    for (String column : columns) {
      double[] values = table.doubles(column);
      ColumnScale scale = ColumnScale.of(values, trained);
      if (!scale.isNone()) {
        scales.put(column, scale);
      }
      if (Arrays.stream(values, 0, trained).allMatch(value -> value == values[0])) {
        constant.add(column);
      }
    }
    TableForecast forecast = new TableForecast(target, features, length, horizon, scales);
    Tensor series = forecast.series(table, columns);
    int goal = columns.indexOf(target);
    int width = features.size();
    Standardization all = Standardization.fit(split.train(series));
    Windows windows = Windows.length(length).horizon(horizon).targets(goal);
    Windows.Samples train = windows.of(all.transform(split.train(series)));
    long lookBack = windows.lookBack();
    Windows.Samples test = windows.of(split.test(series, lookBack));
    long[] rows = new long[Math.toIntExact(test.count())];
    Arrays.setAll(rows, n -> split.trainRows() - lookBack + test.targetRows()[n]);
    int[] inputs = new int[width];
    Arrays.setAll(inputs, i -> i);
    return new ForecastData(
        forecast,
        all.select(inputs),
        all.select(goal),
        train.x().slice(2, 0, width),
        train.y(),
        test.x().slice(2, 0, width),
        test.y(),
        rows,
        constant);
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
