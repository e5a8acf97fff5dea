package dev.lanewise.bench;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.kernels.WeightFormat;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Standardization;
import dev.lanewise.lstm.TimeSplit;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/**
 * What narrow weights cost in accuracy: the predictions of two trained models in each format,
 * against those in float32 and against the truth.
 *
 * <p>The weather model forecasts the next day's highest temperature from 30 days; it is trained
 * here, the same bits on every machine. The Keras model is the one of the examples, whose truth is
 * what Keras answered.
 */
public final class WeightAccuracy {
  private static final List<String> COLUMNS =
      List.of("precipitation", "temp_max", "temp_min", "wind");
  private static final int TARGET = 1;
  private static final int WINDOW = 30;

  private WeightAccuracy() {}

  /**
   * Prints the table.
   *
   * @param args the weather table and the folder of the Keras model; where they lie in the
   *     repository unless given
   */
  public static void main(String[] args) {
    Path weather = Path.of(args.length > 0 ? args[0] : "examples/seattle-weather.csv");
    Path keras =
        Path.of(
            args.length > 1 ? args[1] : "examples/src/main/resources/dev/lanewise/examples/keras");
    System.out.printf("%-22s %12s %12s %12s%n", "", "largest", "mean", "test error");
    weather(CsvTable.read(weather));
    Sequential model = KerasFile.load(keras.resolve("weights.h5"), keras.resolve("config.json"));
    Tensor x = Npy.read(keras.resolve("x.npy"));
    print("keras", model, x, Npy.read(keras.resolve("expected.npy")).toArray(), 1);
  }

  private static void weather(CsvTable table) {
    Tensor series = table.numbers(COLUMNS);
    TimeSplit split = TimeSplit.of(series.dim(0), 0, 0.2);
    Standardization scaling = Standardization.fit(split.train(series));
    Windows windows = Windows.length(WINDOW).targets(TARGET);
    Windows.Samples train = windows.of(scaling.transform(split.train(series)));
    Windows.Samples test = windows.of(scaling.transform(split.test(series, WINDOW)));
    for (int units : new int[] {64, 256}) {
      Sequential model = Sequential.of(Lstm.of(units), Dense.of(1)).build(COLUMNS.size(), 1);
      model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
      model.fit(train.x(), train.y(), FitOptions.builder().epochs(20).seed(1).build());
      double degrees = scaling.deviation()[TARGET];
      print("weather-h" + units, model, test.x(), test.y().toArray(), degrees);
    }
  }

  private static void print(String name, Sequential model, Tensor x, float[] truth, double unit) {
    float[] exact = predict(model, WeightFormat.FLOAT32, x);
    for (WeightFormat format : WeightFormat.values()) {
      float[] y = predict(model, format, x);
      System.out.printf(
          "%-22s %12.6f %12.6f %12.6f%n",
          name + " " + format,
          unit * largestDifference(exact, y),
          unit * meanDifference(exact, y),
          unit * meanDifference(truth, y));
    }
  }

  private static float[] predict(Sequential model, WeightFormat format, Tensor x) {
    return model.predictor(PredictorOptions.builder().weights(format).build()).predict(x).toArray();
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }

  private static double meanDifference(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((double) a[i] - b[i]);
    }
    return sum / a.length;
  }
}
