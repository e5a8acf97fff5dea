package dev.lanewise.formats;

import static dev.lanewise.formats.Resources.file;
import static dev.lanewise.formats.Resources.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files and their answers come from make_keras_files.py and make_keras_gru_files.py in
 * src/test/python.
 */
class KerasFileTest {
  /** 5 steps of at most 8 products each, in float32; the answers are within [-2, 2]. */
  private static final double TOLERANCE = 4e-6;

  static void predicts(String name, String input, Sequential model) {
    Tensor expected = Npy.read(file(name + ".npy"));
    Tensor got = model.predict(Npy.read(file(input + ".npy")));
    assertEquals(expected.shape(), got.shape());
    assertTrue(got.allClose(expected, 0, TOLERANCE), () -> "expected " + expected + "\ngot " + got);
  }

  @ParameterizedTest
  @ValueSource(strings = {"archive", "archive2"})
  void readsArchives(String name) {
    predicts(name, "x", KerasFile.load(file(name + ".keras")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convolutions",
        "keras1",
        "keras2",
        "keras2_variable",
        "keras3",
        "split",
        "functional2",
        "functional3",
        "cudnn",
        "keras1_gru",
        "keras2_gru",
        "cudnn_gru"
      })
  void predictsAsKerasDoes(String name) {
    predicts(name, "x", KerasFile.load(file(name + ".h5")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text.h5", "text1.h5", "text_archive.keras"})
  void readsModelsOfIds(String name) {
    predicts(name.substring(0, name.indexOf('.')), "ids", KerasFile.load(file(name)));
  }

  @Test
  void masksStepsInBothDirections() {
    predicts("masking", "padded", KerasFile.load(file("masking.h5")));
  }

  @Test
  void takesWeightsBesideTheirConfig() {
    Sequential model = KerasFile.load(file("weights_only.h5"), file("weights_only.json"));
    predicts("weights_only", "x", model);
  }

  @Test
  void predictsAsTheModelThatKerasTrained() {
    Sequential model =
        KerasFile.load(resource("keras-lstm/weights.h5"), resource("keras-lstm/config.json"));
    Tensor got = model.predict(Npy.read(resource("keras-lstm/x.npy")));
    float[] expected = Npy.read(resource("keras-lstm/expected.npy")).toArray();
    assertArrayEquals(expected, got.toArray(), 1e-6f);
  }

  @Test
  void keepsTheNamesOfTheLayers() {
    Sequential model = KerasFile.load(file("keras2.h5"));
    assertEquals(
        "Sequential[Lstm \"lstm_1\" (units=3, recurrentActivation=HARD_SIGMOID_CLASSIC,"
            + " returnSequences=true), Lstm \"lstm_2\" (units=2, activation=RELU,"
            + " goBackwards=true), Dense \"dense_1\" (units=3, activation=RELU)]",
        model.toString());
  }

  @Test
  void readsEachGruWithTheResetGateOfItsTime() {
    assertEquals(
        "Sequential[Gru \"gru_1\" (units=3, recurrentActivation=HARD_SIGMOID_CLASSIC,"
            + " resetAfter=false, returnSequences=true), SimpleRnn \"simplernn_1\" (units=3)]",
        KerasFile.load(file("keras1_gru.h5")).toString());
    assertEquals(
        "Sequential[Gru \"gru_1\" (units=3, recurrentActivation=HARD_SIGMOID_CLASSIC,"
            + " resetAfter=false)]",
        KerasFile.load(file("keras2_gru.h5")).toString());
    assertEquals(
        List.of(
            Gru.builder(3).returnSequences(true).build().named("cu_dnngru_1"),
            Bidirectional.of(Gru.of(3)).named("both")),
        KerasFile.load(file("cudnn_gru.h5")).layers());
  }

  @Test
  void makesASoftmaxALayerOfItsOwn(@TempDir Path directory) throws IOException {
    String json = Files.readString(file("weights_only.json"));
    String dense = "\"name\": \"dense_1\",";
    String activated = json.replace(dense, dense + " \"activation\": \"softmax\",");
    Path config = Files.writeString(directory.resolve("config.json"), activated);
    Sequential model = KerasFile.load(file("weights_only.h5"), config);
    assertEquals(
        "Sequential[Lstm \"lstm_1\" (units=3, returnSequences=true), Dense \"time_distributed_1\" (units=1), Softmax"
            + " \"time_distributed_1_softmax\"]",
        model.toString());
    assertArrayEquals(
        new float[] {1, 1, 1}, model.predict(Tensor.arange(6).reshape(1, 3, 2)).toArray());
  }
}
