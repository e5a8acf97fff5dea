package dev.lanewise.examples;

import dev.lanewise.formats.CsvTable;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.EarlyStopping;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Standardization;
import dev.lanewise.lstm.TimeSplit;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Shows a forecast of weather, each step by hand: a table, a split by time, a scaling of the
 * training days alone, windows, early stopping, and an error in degrees beside the naive forecast.
 *
 * <p>A common tutorial scales with the mean of all days, those of the test too, and reports its
 * error in scaled units beside nothing.
 */
final class Weather {
  private Weather() {}

  /** The days of Seattle, 2012 to 2015. */
  private static CsvTable table() {
    Path name = Path.of("seattle-weather.csv");
    try (InputStream bytes = Weather.class.getResourceAsStream("/" + name)) {
      return CsvTable.read(Objects.requireNonNull(bytes), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The mean of |p - y|. */
  private static double error(Tensor p, Tensor y) {
    double sum = 0;
    for (long i = 0; i < y.dim(0); i++) {
      sum += Math.abs(p.get(i, 0) - y.get(i, 0));
    }
    return sum / y.dim(0);
  }

  /** Runs the program. */
  static void main() {
    CsvTable table = table();
    // guide: weather-data
    Tensor days = table.numbers(List.of("temp_max", "temp_min", "precipitation", "wind"));
    TimeSplit split = TimeSplit.of(days.dim(0), 0.2, 0.2); // the latest days are the test
    Standardization scaling = Standardization.fit(split.train(days));
    Tensor scaled = scaling.transform(days);
    Windows windows = Windows.length(30).targets(0); // 30 days in, temp_max of the next out
    Windows.Samples train = windows.of(split.train(scaled));
    Windows.Samples validation = windows.of(split.validation(scaled, windows.lookBack()));
    Windows.Samples test = windows.of(split.test(scaled, windows.lookBack()));
    // guide: end

    // guide: weather-fit
    Sequential model = Sequential.of(Lstm.of(32), Dense.of(1)).build(4, 1);
    model.compile(Adam.of(0.005), Loss.MEAN_SQUARED_ERROR);
    EarlyStopping stopping = EarlyStopping.of(5); // the model keeps the best epoch's weights
    FitOptions options =
        FitOptions.builder()
            .epochs(100)
            .seed(1)
            .validationData(validation.x(), validation.y())
            .callback(stopping)
            .build();
    History history = model.fit(train.x(), train.y(), options);
    Standardization degrees = scaling.select(0);
    Tensor forecast = degrees.inverse(model.predict(test.x())); // (292, 1)
    Tensor actual = degrees.inverse(test.y());
    // guide: end

    Tensor today = degrees.inverse(test.x().select(1, 29).slice(1, 0, 1).contiguous());
    Show.shape("days", days);
    Show.shape("windows to train on", train.x());
    Show.line("epochs", history.loss().length);
    Show.line("the best of them", stopping.bestEpoch() + 1);
    Show.line("error in degrees", Show.number(error(forecast, actual)));
    Show.line("\"tomorrow is as today\"", Show.number(error(today, actual)));
  }
}
