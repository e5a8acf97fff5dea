package dev.lanewise.examples;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Sgd;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;

/**
 * Shows how a series of 100 numbers becomes 90 windows of ten steps and what follows each, and how
 * a model learns to forecast it.
 *
 * <p>A common tutorial takes {@code relu} in the LSTM, as is done here: its state has no bound, and
 * where the loss runs away {@code fit} stops and says so. The default, tanh, is the safe choice.
 */
final class SineForecast {
  private SineForecast() {}

  /** Runs the program. */
  static void main() {
    // guide: windows
    Tensor series = Data.sine(0, 10, 100); // (100, 1): (time, features)
    Windows windows = Windows.length(10);
    Windows.Samples samples = windows.of(series); // x (90, 10, 1), y (90, 1)

    Lstm relu = Lstm.builder(50).activation(Activation.RELU).build();
    Sequential model = Sequential.of(relu, Dense.of(1)).build(1, 42);
    model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    FitOptions options = FitOptions.builder().epochs(100).seed(42).build();
    History history = model.fit(samples.x(), samples.y(), options);

    // After the last window, which has no target yet.
    Tensor next = model.predict(windows.inputs(series)).select(0, -1); // (1)
    // guide: end
    Show.shape("series", series);
    Show.shape("windows", samples.x());
    Show.shape("what follows each", samples.y());
    Show.values("window 0", samples.x().select(0, 0));
    Show.values("followed by", samples.y().select(0, 0));
    Show.loss(history);
    Show.values("forecast after the end", next);
    Show.line("the sine there", Show.number(StrictMath.sin(10 + 10 / 99.0)));

    Tensor flat = samples.x().squeeze(2);
    Show.refused("fit on (90, 10)", () -> model.fit(flat, samples.y(), options));
    Show.refused("Windows of (100)", () -> windows.of(series.squeeze(1)));
    model.compile(Sgd.of(100), Loss.MEAN_SQUARED_ERROR);
    Show.refused("fit in steps too large", () -> model.fit(samples.x(), samples.y(), options));
  }
}
