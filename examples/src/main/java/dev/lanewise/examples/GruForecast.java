package dev.lanewise.examples;

import dev.lanewise.formats.ModelFile;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Windows;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;

/**
 * Shows a GRU in the place of an LSTM: it learns to forecast a sine, is saved, loaded, and gives
 * the same bits. Its two forms differ in where the reset gate applies, and in their biases.
 *
 * <p>A common tutorial copies a GRU's weights from one library to another and finds other numbers:
 * the form was the other one.
 */
final class GruForecast {
  private GruForecast() {}

  /** Runs the program. */
  static void main() {
    // guide: gru
    Windows windows = Windows.length(10);
    Windows.Samples samples = windows.of(Data.sine(0, 10, 100)); // x (90, 10, 1), y (90, 1)

    Sequential model = Sequential.of(Gru.of(16), Dense.of(1)).build(1, 42);
    model.compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    FitOptions options = FitOptions.builder().epochs(60).seed(42).build();
    History history = model.fit(samples.x(), samples.y(), options);

    Path file = TemporaryFile.of("gru.safetensors");
    ModelFile.save(model, file);
    Tensor y = ModelFile.load(file).predict(samples.x()); // (90, 1)
    // guide: end
    Show.shape("windows", samples.x());
    Show.loss(history);
    Show.values("forecasts", y);
    Show.values("the sine there", samples.y());
    Show.line("loaded, the same bits", Same.bits(y, model.predict(samples.x())));

    // guide: gru-biases
    Gru before = Gru.builder(16).resetAfter(false).build(); // as in old Keras files
    Sequential after = Sequential.of(Gru.of(16)).build(1, 42); // resetAfter(true)
    Sequential old = Sequential.of(before).build(1, 42);
    Sequential plain = Sequential.of(SimpleRnn.of(16)).build(1, 42);
    // guide: end
    Show.line("biases with resetAfter", bias(after));
    Show.line("without", bias(old));
    Show.line("of a SimpleRnn", bias(plain));
    Sequential stack = Sequential.of(Gru.builder(16).returnSequences(true).build(), Gru.of(8));
    Show.shape("two in a row", stack.build(1, 42).predict(samples.x()));
    Show.refused("the first its last step", () -> Sequential.of(Gru.of(16), Gru.of(8)));
  }

  private static String bias(Sequential model) {
    return model.weights().getLast().shape().toString();
  }
}
