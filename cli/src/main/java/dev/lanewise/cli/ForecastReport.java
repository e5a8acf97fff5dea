package dev.lanewise.cli;

import dev.lanewise.formats.AtomicFile;
import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training leaves behind: the model in real units, its history, and its forecasts of the
 * rows it never saw.
 *
 * @param table the data
 * @param data what was made of it
 */
record ForecastReport(CsvTable table, ForecastData data) {

  private static final String MODEL = "model.safetensors";
  private static final String HISTORY = "history.csv";
  private static final String FORECAST = "forecast.csv";
  private static final String FORECAST_CHART = "forecast.png";
  private static final String LOSS_CHART = "loss.png";

  /** The files that {@link #write} writes. */
  static final List<String> FILES = List.of(MODEL, HISTORY, FORECAST, FORECAST_CHART, LOSS_CHART);

  /** Writes the files, all or none, and returns the errors on the test rows. */
  Accuracy write(OutputDirectory out, Sequential core, History history, int threads) {
    Sequential model = inRealUnits(core, data);
    Tensor predicted =
        model.predictor(PredictorOptions.builder().threads(threads).build()).predict(data.testX());
    TableForecast described = data.forecast();
    String target = described.target();
    double[] all = table.doubles(target);
    double[] actual = at(all, 0);
    double[] naive = at(all, described.horizon());
    ColumnScale scale = described.scale(target);
    float[] given = predicted.toArray();
    double[] forecast = new double[given.length];
    Arrays.setAll(forecast, i -> scale.out(given[i]));
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(MODEL, ModelFile.contents(model, described.metadata()));
    files.put(HISTORY, historyTable(history).contents());
    files.put(FORECAST, forecastTable(scale, given).contents());
    files.put(FORECAST_CHART, ForecastChart.of(table, target, data.rows(), actual, forecast));
    files.put(LOSS_CHART, LossChart.of(history));
    out.write(files);
    return Accuracy.of(actual, forecast, naive);
  }

  /** The numbers so many rows before those forecast. */
  private double[] at(double[] column, int before) {
    return Arrays.stream(data.rows()).mapToDouble(row -> column[(int) row - before]).toArray();
  }

  /** The trained layers between one that scales and one that scales back. */
  private static Sequential inRealUnits(Sequential core, ForecastData data) {
    List<Layer> layers = new ArrayList<>();
    layers.add(data.inputs().normalization());
    layers.addAll(core.layers());
    layers.add(data.output().inverseNormalization());
    Sequential model = Sequential.of(layers).buildZeros(core.features());
    Map<String, Tensor> trained = new LinkedHashMap<>();
    for (Weight weight : core.weights()) {
      trained.put(weight.name(), weight.value());
    }
    for (Weight weight : model.weights()) {
      Tensor value = trained.get(weight.name());
      if (value != null) {
        weight.value().copyFrom(value);
      }
    }
    return model;
  }

  private static CsvTable historyTable(History history) {
    List<List<String>> rows = new ArrayList<>();
    double[] loss = history.loss();
    double[] validation = history.validationLoss();
    for (int i = 0; i < loss.length; i++) {
      rows.add(
          List.of(
              Integer.toString(i + 1), Double.toString(loss[i]), Double.toString(validation[i])));
    }
    return CsvTable.of(List.of("epoch", "loss", "validation_loss"), rows);
  }

  /** The target as the file has it, and the forecast in its units. */
  private CsvTable forecastTable(ColumnScale scale, float[] forecast) {
    List<String> target = table.text(data.forecast().target());
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < forecast.length; i++) {
      int row = (int) data.rows()[i];
      rows.add(
          List.of(
              Integer.toString(row),
              target.get(row).strip(),
              scale.text(forecast[i]),
              target.get(row - data.forecast().horizon()).strip()));
    }
    return CsvTable.of(List.of("index", "actual", "forecast", "naive"), rows);
  }
}
