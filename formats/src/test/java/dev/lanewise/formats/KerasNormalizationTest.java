package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.Keras3Test.Form;
import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.History;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Optimizer;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Sgd;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models with LayerNormalization or BatchNormalization that Keras 3.15 itself built, trained, saved
 * and answered; see python/make_keras3_normalization_files.py.
 */
class KerasNormalizationTest {
  @TempDir static Path directory;
  private static Path models;

  @BeforeAll
  static void unzip() {
    models = Unzipped.into(directory, "keras3/normalization.zip");
  }

  static Stream<Arguments> predicted() {
    return Stream.of(
            "layer",
            "layer_bare",
            "layer_axis",
            "batch",
            "batch_bare",
            "batch_masked",
            "softmax_of_several",
            "fit_layer",
            "fit_batch",
            "fit_batch_steps",
            "fit_batch_masked")
        .flatMap(name -> Stream.of(Form.values()).map(form -> Arguments.of(name, form)));
  }

  private static void answers(Sequential model, Path folder, double tolerance) {
    Tensor expected = Npy.read(folder.resolve("y.npy"));
    Tensor got = model.predict(Npy.read(folder.resolve("x.npy")));
    assertEquals(expected.shape(), got.shape());
    assertTrue(got.allClose(expected, 0, tolerance), () -> "expected " + expected + "\ngot " + got);
  }

  @ParameterizedTest
  @MethodSource("predicted")
  void predictsAsKerasDoes(String name, Form form) {
    Path folder = models.resolve(name);
    Sequential model = form.load(folder, "model");
    answers(model, folder, 3e-6);
    Path own = directory.resolve(name + form + ".safetensors");
    ModelFile.save(model, own);
    answers(ModelFile.load(own), folder, 3e-6);
  }

  static Stream<Arguments> trained() {
    Optimizer momentum = Sgd.builder().learningRate(0.05).momentum(0.9).build();
    return Stream.of(
        Arguments.of("fit_layer", momentum),
        Arguments.of("fit_batch", Adam.of(0.01)),
        Arguments.of("fit_batch_steps", Sgd.of(0.05)),
        Arguments.of("fit_batch_masked", Sgd.of(0.05)));
  }

  /** Losses, weights and moving averages; the last batch has two samples. */
  @ParameterizedTest
  @MethodSource("trained")
  void trainsAsKerasDoes(String name, Optimizer optimizer) {
    Path folder = models.resolve(name);
    Sequential model = KerasFile.load(folder.resolve("first.keras"));
    model.compile(optimizer, Loss.MEAN_SQUARED_ERROR);
    FitOptions options = FitOptions.builder().epochs(3).batchSize(4).shuffle(false).build();
    Tensor x = Npy.read(folder.resolve("x.npy"));
    History history = model.fit(x, Npy.read(folder.resolve("target.npy")), options);
    float[] losses = Npy.read(folder.resolve("loss.npy")).toArray();
    for (int epoch = 0; epoch < losses.length; epoch++) {
      double loss = losses[epoch];
      assertEquals(loss, history.loss()[epoch], 2e-6 * Math.max(1, loss));
    }
    List<Weight> expected = Form.ARCHIVE.load(folder, "model").weights();
    for (int i = 0; i < expected.size(); i++) {
      Weight got = model.weights().get(i);
      assertEquals(expected.get(i).name(), got.name());
      double tolerance = got.trainable() ? 3e-6 : 1e-6;
      float[] wanted = expected.get(i).value().toArray();
      assertArrayEquals(wanted, got.value().toArray(), (float) tolerance, got.name());
    }
    answers(model, folder, 6e-6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "layer_two_axes | as \"axis\" -1 or 2 of (batch, timesteps, features) | [1, 2]",
        "layer_rms | \"rms_scaling\": false | true",
        "batch_steps | as \"axis\" -1 or 2 of (batch, timesteps, features) | 1",
        "batch_renorm | \"renorm\": false | true",
      })
  void refusesByNameWhatItDoesNotCompute(String name, String expected, String got) {
    for (Form form : Form.values()) {
      Path folder = models.resolve(name);
      FormatException e =
          assertThrows(FormatException.class, () -> form.load(folder, "model"), name);
      assertEquals(form.config(folder, "model").toString(), e.file());
      assertEquals(expected, e.expected());
      assertEquals(got, e.got());
    }
  }
}
