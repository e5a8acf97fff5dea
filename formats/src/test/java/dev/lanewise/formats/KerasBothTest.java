package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.lstm.FeatureSlice;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A Bidirectional whose merge_mode is None, as Keras 3.15 answers it; see resources/keras3. */
class KerasBothTest {
  /** Keras and this library each round to float32 in some 20 steps. */
  private static final double TOLERANCE = 2e-6;

  private static final List<String> MODELS =
      List.of(
          "sequences",
          "last_steps",
          "backward_first",
          "forward_alone",
          "backward_alone",
          "states",
          "gru_states",
          "twice",
          "masks",
          "masks_merged",
          "masks_last_steps",
          "inner",
          "inner_chain");

  @TempDir static Path directory;
  private static Path models;

  @BeforeAll
  static void unzip() {
    models = Unzipped.into(directory.resolve("both"), "keras3/both.zip");
  }

  static Stream<Arguments> models() {
    return MODELS.stream()
        .flatMap(name -> Stream.of(Keras3Test.Form.values()).map(form -> Arguments.of(name, form)));
  }

  private static void answers(Model model, Path folder) {
    KerasAnswers.areGiven(model, folder, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictsAsKerasDoes(String name, Keras3Test.Form form) {
    answers(form.loadModel(models.resolve(name), "model"), models.resolve(name));
  }

  @ParameterizedTest
  @MethodSource("models")
  void isTheSameInAFileOfOurOwn(String name, Keras3Test.Form form) {
    Model read = form.loadModel(models.resolve(name), "model");
    Path own = directory.resolve(name + form + ".safetensors");
    ModelFile.save(read, own);
    answers(ModelFile.read(own).model(), models.resolve(name));
  }

  @Test
  void everyModelOfTheArchiveIsAsked() throws IOException {
    List<String> asked = Stream.concat(MODELS.stream(), Stream.of("refused")).sorted().toList();
    assertEquals(asked, Refusals.names(models));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sequences | of_f, of_b",
        "last_steps | both, both_backward",
        "backward_first | both_backward, product",
        "masks_last_steps | of_b, both",
        "gru_states | ends, writer_backward, writer",
      })
  void namesTheForwardOutputAsTheLayer(String name, String outputs) {
    Model model = Keras3Test.Form.HDF5.loadModel(models.resolve(name), "model");
    assertEquals(List.of(outputs.split(", ")), model.outputNames());
  }

  @Test
  void makesOnlyTheHalvesThatAreRead() {
    assertEquals(List.of(FeatureSlice.of(3, 3).named("both_backward")), slices("backward_alone"));
    assertEquals(
        List.of(
            FeatureSlice.of(0, 3).named("shared_forward"),
            FeatureSlice.of(3, 3).named("shared_backward")),
        slices("twice"));
  }

  private static List<Layer> slices(String name) {
    Model model = Keras3Test.Form.HDF5.loadModel(models.resolve(name), "model");
    return model.layers().stream().filter(FeatureSlice.class::isInstance).toList();
  }

  @ParameterizedTest
  @EnumSource(Keras3Test.Form.class)
  void isNoChainThoughOneHalfAloneIsRead(Keras3Test.Form form) {
    Path folder = models.resolve("forward_alone");
    FormatException e = assertThrows(FormatException.class, () -> form.load(folder, "model"));
    assertEquals("layers in one chain, from one input to one output", e.expected());
    assertEquals("a layer that gives two tensors", e.got());
  }

  private static final String ONE =
      ": expected in a Sequential a layer that gives one tensor, got 2 tensors; build the model"
          + " with keras.Model, whose layers say which they read";

  @Test
  void refusesASequentialThatEndsInBoth() {
    Path folder = models.resolve("refused/sequential");
    Path json = folder.resolve("model.json");
    Path weights = folder.resolve("model.weights.h5");
    String rest = ", layer \"both\" (Bidirectional)" + ONE;
    refused(json, rest, () -> KerasFile.loadModel(weights, json));
    refused(json, rest, () -> KerasFile.load(weights, json));
  }

  private static final String BOTH =
      "{'class_name': 'Bidirectional', 'config': {'name': 'both', 'merge_mode': null, 'layer':"
          + " {'class_name': 'LSTM', 'config': {'units': 2}}}}";
  private static final String DENSE =
      "{'class_name': 'Dense', 'config': {'name': 'dense', 'units': 2}}";

  private static String chain(String name, String... layers) {
    return "{'class_name': 'Sequential', 'keras_version': '2.11.0', 'config': {'name': '%s', 'layers': %s}}"
        .formatted(name, List.of(layers));
  }

  private static void refusedChain(String rest, String... layers) throws IOException {
    String input = "{'class_name': 'InputLayer', 'config': {'batch_shape': [null, 4, 3]}}";
    String[] all = Stream.concat(Stream.of(input), Stream.of(layers)).toArray(String[]::new);
    String json = chain("outer", all).replace('\'', '"');
    Path config = Files.writeString(directory.resolve("chain.json"), json);
    Path weights = models.resolve("refused/sequential/model.weights.h5");
    refused(config, rest, () -> KerasFile.loadModel(weights, config));
  }

  @Test
  void refusesALayerOfAChainThatGivesTwoTensorsWhereverItStands() throws IOException {
    refusedChain(", layer \"both\" (Bidirectional)" + ONE, BOTH, DENSE);
    refusedChain(", layer \"inner/both\" (Bidirectional)" + ONE, chain("inner", BOTH, DENSE));
    refusedChain(", layer \"inner\" (Sequential)" + ONE, chain("inner", DENSE, BOTH), DENSE);
    refusedChain(", layer \"inner\" (Sequential)" + ONE, DENSE, chain("inner", BOTH));
  }

  @Test
  void refusesATensorThatNoDirectionGives() throws IOException {
    Path folder = models.resolve("last_steps");
    String json = Files.readString(folder.resolve("model.json"));
    String third = json.replace("[\"both\", 0, 1]", "[\"both\", 0, 2]");
    Path config = Files.writeString(directory.resolve("third.json"), third);
    refused(
        config,
        ": expected outputs that layers give, got output 0, 2 of \"both\"",
        () -> KerasFile.loadModel(folder.resolve("model.weights.h5"), config));
  }
}
