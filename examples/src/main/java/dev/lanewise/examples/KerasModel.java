package dev.lanewise.examples;

import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.Npy;
import dev.lanewise.lstm.Sequences;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Shows a model that Keras 2.0.8 trained, on sequences of 20 and of 15 steps: the timesteps are
 * free, the features are not.
 *
 * <p>A common tutorial loads a file that it does not have. This one comes with Keras's own answers.
 */
final class KerasModel {
  private KerasModel() {}

  /** Runs the program. */
  static void main() {
    Path weights = file("weights.h5");
    Path config = file("config.json");
    // guide: keras
    // What model.save wrote, .h5 or .keras, is one file: KerasFile.load(file).
    Sequential model = KerasFile.load(weights, config); // of model.save_weights and model.to_json
    Tensor x = Npy.read(file("x.npy")); // (283, 4, 12)
    Tensor y = model.predict(x); // (283, 1)

    Tensor steps = x.select(1, 0); // (283, 12): what the windows of x were cut from
    Tensor twenty = model.predict(Sequences.rows(steps.slice(0, 110, 130))); // from (1, 20, 12)
    Tensor fifteen = model.predict(Sequences.rows(steps.slice(0, 110, 125))); // from (1, 15, 12)
    // guide: end
    System.out.println(model.summary());
    Tensor expected = Npy.read(file("expected.npy"));
    Show.values("prediction, from 124 on", y.slice(0, 124, 130));
    Show.values("Keras's own answers", expected.slice(0, 124, 130));
    Show.line("within 1e-6 of them", y.squeeze(1).allClose(expected, 0, 1e-6));
    Show.values("after 20 steps", twenty);
    Show.values("after 15 steps", fifteen);
    Show.refused("predict of ten features", () -> model.predict(x.slice(2, 0, 10)));
  }

  /** A copy outside the jar, for what reads files. */
  private static Path file(String name) {
    try (InputStream resource = KerasModel.class.getResourceAsStream("keras/" + name)) {
      Path copy = Files.createTempFile("lanewise", name);
      copy.toFile().deleteOnExit();
      Files.copy(Objects.requireNonNull(resource), copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
