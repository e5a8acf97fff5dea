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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training leaves behind: the model in real units, its history, and its forecasts of the
 * rows it never saw.
 *
 * @param table the data
 * @param target the column forecast
 * @param features the columns it is forecast from
 * @param window rows a forecast looks back
 * @param horizon rows it looks ahead
 */
record ForecastReport(
    CsvTable table, String target, List<String> features, int window, int horizon) {

  private static final String MODEL = "model.safetensors";
  private static final String HISTORY = "history.csv";
  private static final String FORECAST = "forecast.csv";
  private static final String FORECAST_CHART = "forecast.png";
  private static final String LOSS_CHART = "loss.png";

  /** The files that {@link #write} writes. */
  static final List<String> FILES = List.of(MODEL, HISTORY, FORECAST, FORECAST_CHART, LOSS_CHART);

  /** Writes the files, all or none, and returns the errors on the test rows. */
  Accuracy write(
      OutputDirectory out, Sequential core, History history, ForecastData data, int threads) {
    Sequential model = inRealUnits(core, data);
    Tensor predicted =
        model.predictor(PredictorOptions.builder().threads(threads).build()).predict(data.testX());
    float[] forecast = predicted.toArray();
    float[] actual = data.actual().toArray();
    Map<String, AtomicFile.Contents> files = new LinkedHashMap<>();
    files.put(MODEL, ModelFile.contents(model, metadata()));
    files.put(HISTORY, historyTable(history).contents());
    files.put(FORECAST, forecastTable(data.rows(), actual, forecast, data.naive()).contents());
    files.put(FORECAST_CHART, ForecastChart.of(table, target, data.rows(), actual, forecast));
    files.put(LOSS_CHART, LossChart.of(history));
    out.write(files);
    return Accuracy.of(actual, forecast, data.naive());
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

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("target", target);
    metadata.put("features", String.join(",", features));
    metadata.put("window", Integer.toString(window));
    metadata.put("horizon", Integer.toString(horizon));
    return metadata;
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

  private static CsvTable forecastTable(
      long[] index, float[] actual, float[] forecast, float[] naive) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < index.length; i++) {
      rows.add(
          List.of(
              Long.toString(index[i]),
              Float.toString(actual[i]),
              Float.toString(forecast[i]),
              Float.toString(naive[i])));
    }
    return CsvTable.of(List.of("index", "actual", "forecast", "naive"), rows);
  }
}
