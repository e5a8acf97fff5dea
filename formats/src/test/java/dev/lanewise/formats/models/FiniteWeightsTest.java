package dev.lanewise.formats.models;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Resources.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.KerasFile;
import dev.lanewise.formats.LoadOptions;
import dev.lanewise.formats.ModelFile;
import dev.lanewise.formats.ModelReader;
import dev.lanewise.formats.SafeTensors;
import dev.lanewise.formats.hdf5.Hdf5;
import dev.lanewise.formats.lanewise.Architecture;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that are NaN or infinite are named when a model is loaded, unless any are allowed. */
class FiniteWeightsTest {
  private static final LoadOptions ANY = LoadOptions.builder().allowNan(true).build();
  private static final String REMEDY =
      "; the training ran away: save the model of before. To load it all the same:"
          + " LoadOptions.builder().allowNan(true), or --allow-nan";

  @TempDir Path directory;

  private Path spoiled(float value, long... index) {
    Sequential model = Sequential.of(Lstm.of(3), Dense.of(1)).build(2, 1);
    model.weights(1).getFirst().set(value, index);
    Path file = directory.resolve("own.safetensors");
    ModelFile.save(model, file);
    return file;
  }

  @Test
  void namesAWeightOfTheNativeFormat() {
    Path file = spoiled(Float.NaN, 2, 0);
    String message =
        ", weight \"dense/kernel\": expected finite numbers, got NaN at [2, 0]" + REMEDY;
    refused(file, message, () -> ModelFile.load(file));
    refused(file, message, () -> ModelFile.read(file));
    refused(file, message, () -> ModelReader.read(file));
    Sequential model = ModelFile.read(file, ANY).sequential();
    assertTrue(Float.isNaN(model.weights(1).getFirst().value().get(2, 0)));
    assertEquals("Lanewise", ModelReader.read(file, ANY).format());
  }

  @Test
  void namesInfinityAndCountsTheOthers() {
    Path file = spoiled(Float.NEGATIVE_INFINITY, 0, 0);
    Sequential model = ModelFile.load(spoiled(1, 0, 0));
    fill(model.weights().getFirst(), Float.POSITIVE_INFINITY);
    ModelFile.save(model, file);
    refused(
        file,
        ", weight \"lstm/kernel\": expected finite numbers, got Infinity at [0, 0], and 23 more like"
            + " it"
            + REMEDY,
        () -> ModelFile.load(file));
  }

  @Test
  void namesAWeightBesideAConfig() throws IOException {
    Sequential model = Sequential.of(Lstm.of(3)).build(2, 1);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Weight weight : model.weights()) {
      weights.put(weight.name(), weight.value());
    }
    model.weights().getLast().set(Float.NaN, 4);
    Path bare = directory.resolve("bare.safetensors");
    SafeTensors.write(bare, weights, Map.of());
    Path config = Files.writeString(directory.resolve("config.json"), Architecture.write(model));
    refused(
        bare,
        ", weight \"lstm/bias\": expected finite numbers, got NaN at [4]" + REMEDY,
        () -> ModelReader.read(bare, config));
    assertEquals("Lanewise", ModelReader.read(bare, config, ANY).format());
  }

  /** A Keras file in which a weight is NaN instead of one number that is there only once. */
  private Path spoiled(String name, Path config) throws IOException {
    Sequential model =
        config == null ? KerasFile.load(file(name)) : KerasFile.load(file(name), config);
    float old = model.weights().getFirst().value().reshape(-1).get(0);
    byte[] bytes = Files.readAllBytes(file(name));
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int changed = 0;
    for (int at = 0; at + 4 <= bytes.length; at++) {
      if (numbers.getFloat(at) == old) {
        numbers.putFloat(at, Float.NaN);
        changed++;
      }
    }
    assertEquals(1, changed);
    return Files.write(directory.resolve(name), bytes);
  }

  @Test
  void namesAWeightOfKeras() throws IOException {
    Path whole = spoiled("keras2.h5", null);
    String message =
        ", weight \"lstm_1/kernel\": expected finite numbers, got NaN at [0, 0]" + REMEDY;
    refused(whole, message, () -> KerasFile.load(whole));
    refused(whole, message, () -> ModelReader.read(whole));
    assertTrue(Float.isNaN(KerasFile.load(whole, ANY).weights().getFirst().value().get(0, 0)));
    assertEquals("Keras HDF5", ModelReader.read(whole, ANY).format());
    Path config = directory.resolve("config.json");
    try (Hdf5 hdf5 = Hdf5.open(whole)) {
      Files.writeString(config, hdf5.text("", "model_config"));
    }
    refused(whole, message, () -> KerasFile.load(whole, config));
    assertEquals(3, KerasFile.load(whole, config, ANY).layers().size());
  }

  private static void fill(Weight weight, float value) {
    weight.set(Tensor.zeros(weight.shape().toArray()).fill(value));
  }
}
