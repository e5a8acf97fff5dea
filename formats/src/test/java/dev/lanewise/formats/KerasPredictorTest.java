package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictors whose weights come from Keras's files a layer at a time, against whole models. */
class KerasPredictorTest {
  @TempDir static Path directory;
  private static Path both;
  private static Path tfjs;

  @BeforeAll
  static void unzip() {
    both = Unzipped.into(directory.resolve("both"), "keras3/both.zip");
    tfjs = Unzipped.into(directory.resolve("tfjs"), "tfjs/models.zip");
  }

  private static Predictor predictor(Path file) {
    return ModelReader.predictor(file, LoadOptions.of(), PredictorOptions.of());
  }

  /** Among them arrays that become weights only together: of each gate alone, and of CuDNN. */
  @ParameterizedTest
  @CsvSource({
    "keras1.h5, x",
    "keras2.h5, x",
    "keras3.h5, x",
    "cudnn.h5, x",
    "cudnn_gru.h5, x",
    "keras1_gru.h5, x",
    "archive.keras, x",
    "text.h5, ids",
    "text_archive.keras, ids"
  })
  void predictsAsAChainDoes(String name, String x) {
    Sequential whole = KerasFile.load(file(name));
    Tensor in = Npy.read(file(x + ".npy"));
    try (Predictor predictor = predictor(file(name))) {
      assertArrayEquals(whole.predict(in).toArray(), predictor.predict(in).toArray());
    }
  }

  private static void predictsAsTheModelDoes(Path file) {
    Model whole = ModelReader.read(file).model();
    Map<String, Tensor> x = new LinkedHashMap<>();
    for (String name : whole.inputNames()) {
      x.put(name, Npy.read(file.resolveSibling("x" + x.size() + ".npy")));
    }
    try (Predictor predictor = predictor(file)) {
      Map<String, Tensor> got = predictor.predict(x);
      Map<String, Tensor> expected = whole.predict(x);
      assertEquals(expected.keySet(), got.keySet());
      expected.forEach((name, y) -> assertArrayEquals(y.toArray(), got.get(name).toArray(), name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"twice", "states", "masks", "inner", "forward_alone"})
  void predictsAsAGraphDoes(String name) {
    predictsAsTheModelDoes(both.resolve(name + "/model.h5"));
    predictsAsTheModelDoes(both.resolve(name + "/model.keras"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "embedding", "functional", "shared", "uint8"})
  void predictsAsAModelOfTensorFlowJsDoes(String name) {
    predictsAsTheModelDoes(tfjs.resolve(name + "/model.json"));
  }

  @Test
  void refusesWhatIsNotFinite() throws IOException {
    Path given = both.resolve("last_steps/model.h5");
    byte[] bytes = Files.readAllBytes(given);
    float[] kernel = ModelReader.read(given).model().weights().getFirst().value().toArray();
    int at = place(bytes, kernel);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(at + 4, Float.NaN);
    Path file = Files.write(directory.resolve("nan.h5"), bytes);
    String rest =
        ", weight \"both/forward/kernel\": expected finite numbers, got NaN at [0, 1]; the training"
            + " ran away: save the model of before. To load it all the same:"
            + " LoadOptions.builder().allowNan(true), or --allow-nan";
    refused(file, rest, () -> predictor(file));
    refused(file, rest, () -> ModelReader.read(file));
    LoadOptions all = LoadOptions.builder().allowNan(true).build();
    ModelReader.predictor(file, all, PredictorOptions.of()).close();
  }

  /** Where the first numbers lie in a file. */
  private static int place(byte[] bytes, float[] numbers) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 8 <= bytes.length; at++) {
      if (buffer.getFloat(at) == numbers[0] && buffer.getFloat(at + 4) == numbers[1]) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void refusesOptionsThatAFileOfKerasHasNoUseFor() {
    Path keras = file("keras3.h5");
    LoadOptions proof = LoadOptions.builder().checkProof(true).build();
    FormatException e =
        assertThrows(
            FormatException.class,
            () -> ModelReader.predictor(keras, proof, PredictorOptions.of()));
    FormatException same =
        assertThrows(FormatException.class, () -> ModelReader.read(keras, proof));
    assertEquals(same.getMessage(), e.getMessage());
    assertTrue(e.getMessage().startsWith(keras + ": expected "), e.getMessage());
  }
}
