package dev.lanewise.spark;

import dev.lanewise.formats.CsvOptions;
import dev.lanewise.formats.ForecastFile;
import dev.lanewise.formats.FrameOptions;
import dev.lanewise.formats.LayerList;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.data.Backtest;
import dev.lanewise.lstm.data.ForecastData;
import dev.lanewise.lstm.data.ForecastModel;
import dev.lanewise.lstm.data.Forecaster;
import dev.lanewise.lstm.data.Frame;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How the model of a series is trained: the same bytes for the same rows and the same settings,
 * wherever it is. Immutable.
 *
 * @param table what is read
 * @param target the column to forecast
 * @param features the columns to forecast from
 * @param window rows a forecast looks back
 * @param firstStep the nearest row ahead that is forecast
 * @param lastStep the farthest
 * @param layers the network as text; null for an LSTM and a dense layer
 * @param epochs passes over the windows
 * @param batchSize windows an update
 * @param learningRate of Adam
 * @param testFraction of the rows, the latest, which are held back
 * @param seed of all series together
 */
record TrainingPlan(
    SeriesTable table,
    String target,
    List<String> features,
    int window,
    int firstStep,
    int lastStep,
    @Nullable String layers,
    int epochs,
    int batchSize,
    double learningRate,
    double testFraction,
    long seed)
    implements Serializable {

  /**
   * What the settings of a step say.
   *
   * @throws IllegalArgumentException when they do not fit each other or the columns
   */
  static TrainingPlan of(LanewiseForecaster step, StructType schema) {
    SeriesTable table = SeriesTable.of(step, schema);
    int first = (int) step.getOrDefault(step.firstStep());
    int last = (int) step.getOrDefault(step.lastStep());
    if (first < 1 || last < first) {
      throw SparkErrors.steps(first, last);
    }
    @Nullable String layers = Settings.orNull(step, step.layers());
    if (layers != null) {
      LayerList _ = LayerList.of(layers); // refuses wrong words before anything is trained
    }
    return new TrainingPlan(
        table,
        step.getTargetCol(),
        SeriesTable.features(step),
        step.getWindow(),
        first,
        last,
        layers,
        step.getEpochs(),
        step.getBatchSize(),
        step.getLearningRate(),
        step.getTestFraction(),
        step.getSeed());
  }

  /**
   * Trains a model.
   *
   * @param name of the series
   * @param rows of the series, in their order
   * @param threads that it may use
   * @throws IllegalArgumentException when there are too few rows, or they hold what cannot be
   *     learned from
   */
  TrainedSeries train(String name, List<Row> rows, int threads) {
    Frame frame = table.frame(rows);
    ForecastData data = forecaster().prepare(frame);
    long ownSeed = seedOf(name);
    int outputs = data.recipe().outputs();
    String list = layers == null ? "lstm:64,dense:" + outputs : layers;
    Sequential network =
        data.network(LayerList.of(list).forecasts(outputs), ownSeed)
            .compile(Adam.of(learningRate), Loss.MEAN_SQUARED_ERROR);
    network.fit(
        data.trainX(),
        data.trainY(),
        FitOptions.builder()
            .epochs(epochs)
            .batchSize(batchSize)
            .seed(ownSeed)
            .threads(threads)
            .build());
    ForecastModel model = data.model(network);
    Optional<Backtest> test =
        data.isTested() ? Optional.of(data.backtest(model)) : Optional.empty();
    FrameOptions options =
        new FrameOptions(
            table.times().style().map(_ -> List.of(table.time())).orElse(List.of()),
            Optional.empty(),
            CsvOptions.of());
    byte[] bytes = ModelBytes.of(new ForecastFile(model, options).contents());
    return TrainedSeries.of(name, rows.size(), ownSeed, bytes, test);
  }

  private Forecaster forecaster() {
    return Forecaster.builder(target)
        .features(features.toArray(String[]::new))
        .window(window)
        .horizon(firstStep, lastStep)
        .heldBack(testFraction)
        .build();
  }

  /** The seed of one series, which depends on its name and not on where it is trained. */
  long seedOf(String name) {
    String hash = ModelBytes.hash(name.getBytes(StandardCharsets.UTF_8));
    return seed ^ ByteBuffer.wrap(HexFormat.of().parseHex(hash, 0, 16)).getLong();
  }
}
