package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.formats.lanewise.Architecture;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.PredictorOptions;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReaderTest {
  private static final String EXPECTED =
      ": expected a model of Lanewise (.safetensors), Keras (.h5, .keras), PyTorch (.pt,"
          + " .safetensors), TensorFlow.js (model.json), or an audio network (.json, .nam), got ";

  @TempDir Path directory;

  private void refusedText(String text, String rest) throws IOException {
    Path other = Files.writeString(directory.resolve("model"), text);
    refused(other, EXPECTED + rest, () -> ModelReader.read(other));
  }

  @Test
  void readsEveryFormatWhateverItsName() throws IOException {
    Sequential model = Sequential.of(Lstm.of(3), Dense.of(1)).build(2, 1);
    Path own = directory.resolve("own.h5");
    ModelFile.save(model, Map.of("note", "mine"), own);
    ModelReader.Contents found = ModelReader.read(own);
    assertEquals("Lanewise", found.format());
    assertEquals(Map.of("note", "mine"), found.metadata());
    assertEquals("Keras HDF5", ModelReader.read(file("keras2.h5")).format());
    assertEquals("Keras archive", ModelReader.read(file("archive.keras")).format());
    Sequential split =
        ModelReader.read(file("weights_only.h5"), file("weights_only.json")).sequential();
    KerasFileTest.predicts("weights_only", "x", split);
  }

  @Test
  void takesTheLayersOfBareWeightsFromAConfig() throws IOException {
    Sequential model = Sequential.of(Lstm.of(3), Dense.of(1)).build(2, 1);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Weight weight : model.weights()) {
      weights.put(weight.name(), weight.value());
    }
    Path bare = directory.resolve("bare.safetensors");
    SafeTensors.write(bare, weights, Map.of());
    Path config = Files.writeString(directory.resolve("config.json"), Architecture.write(model));
    Tensor x = Tensor.arange(8).reshape(1, 4, 2);
    assertArrayEquals(
        model.predict(x).toArray(),
        ModelReader.read(bare, config).sequential().predict(x).toArray());
    refused(
        bare,
        ": expected a Lanewise model, with \"lanewise.architecture\" in its metadata, got only the"
            + " tensors lstm/kernel, lstm/recurrent_kernel, lstm/bias, dense/kernel, dense/bias; the"
            + " weights alone do not say which layers they belong to: give those as JSON,"
            + " ModelReader.read(file, config) or --config",
        () -> ModelReader.read(bare));
    Path keras = file("weights_only.json");
    refused(keras, ": expected the key \"version\", got none", () -> ModelReader.read(bare, keras));
  }

  /** Of a file that is read a layer at a time, and of one that is read whole. */
  @Test
  void predictsWithoutAModel() {
    Sequential model =
        Sequential.of(Conv1d.of(5, 2), Bidirectional.of(Lstm.of(3)), Dense.of(2)).build(2, 1);
    Path own = directory.resolve("own");
    ModelFile.save(model, own);
    Path torch = Resources.resource("statedict/lstm_levels_both.safetensors");
    for (Path file : List.of(own, torch, file("keras2.h5"))) {
      Sequential whole = ModelReader.read(file).sequential();
      Tensor x = Tensor.arange(8L * whole.features()).reshape(2, 4, whole.features());
      try (Predictor predictor =
          ModelReader.predictor(file, LoadOptions.of(), PredictorOptions.of())) {
        assertArrayEquals(whole.predict(x).toArray(), predictor.predict(x).toArray());
      }
    }
  }

  @Test
  void refusesInAPredictorWhatItRefusesInAModel() {
    Sequential model = Sequential.of(Lstm.of(3), Dense.of(1)).build(2, 1);
    model.weights().getLast().set(Float.NaN, 0);
    Path file = directory.resolve("nan");
    ModelFile.save(model, file);
    refused(
        file,
        ", weight \"dense/bias\": expected finite numbers, got NaN at [0]; the training ran away:"
            + " save the model of before. To load it all the same:"
            + " LoadOptions.builder().allowNan(true), or --allow-nan",
        () -> ModelReader.predictor(file, LoadOptions.of(), PredictorOptions.of()));
    LoadOptions all = LoadOptions.builder().allowNan(true).build();
    ModelReader.predictor(file, all, PredictorOptions.of()).close();
  }

  @Test
  void saysWhatElseAFileIs() throws IOException {
    refusedText(
        "{\"class_name\": 1}",
        "text that begins with \"{\"class_name\": 1}\"; this looks like a model's JSON: give it as"
            + " the config of the weights");
    Path other = directory.resolve("model");
    Files.write(other, new byte[] {7, 3, 18, 7, 112});
    refused(other, EXPECTED + "the bytes 07 03 12 07", () -> ModelReader.read(other));
    Npy.write(other, Tensor.zeros(2));
    refused(other, EXPECTED + "an .npy array", () -> ModelReader.read(other));
  }

  @Test
  void refusesAConfigBesideAnArchive() {
    Path archive = file("archive.keras");
    Path config = file("weights_only.json");
    refused(
        archive,
        ": expected no config beside a zip archive: a .keras archive holds its own, got "
            + config
            + "; leave the config out",
        () -> ModelReader.read(archive, config));
    assertEquals(List.of(), List.copyOf(ModelReader.read(archive).metadata().keySet()));
  }
}
