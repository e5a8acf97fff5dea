package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that are no chain, built, saved and answered by Keras 3.15; see resources/keras3. */
class KerasGraphTest {
  /** Keras and this library each round to float32 in some 20 steps. */
  private static final double TOLERANCE = 3e-6;

  private static final List<String> GRAPHS =
      List.of(
          "two_inputs",
          "skip",
          "shared",
          "activation",
          "rearranged",
          "names",
          "multiply_masks",
          "multiply_one_mask",
          "average_masks",
          "average_one_mask",
          "concatenate_masks",
          "concatenate_one_mask",
          "concatenate_masks_in_time",
          "concatenate_one_mask_in_time",
          "masking",
          "encoder_decoder",
          "bidirectional_encoder",
          "bidirectional_states",
          "gru_states",
          "gru_both",
          "rnn_states",
          "rnn_both",
          "states_in_and_out",
          "translation",
          "translation_with_mask");

  /** Graphs of other tests' files. */
  private static final List<String> MODELS =
      List.of("two_inputs", "skip_two_outputs", "encoder_decoder");

  @TempDir static Path directory;
  private static Path graphs;
  private static Path models;
  private static Path more;

  @BeforeAll
  static void unzip() {
    graphs = Unzipped.into(directory.resolve("graphs"), "keras3/graphs.zip");
    models = Unzipped.into(directory.resolve("models"), "keras3/models.zip");
    more = Unzipped.into(directory.resolve("more"), "keras3/more.zip");
  }

  private static Stream<Arguments> inEachForm(List<String> names) {
    return names.stream()
        .flatMap(name -> Stream.of(Keras3Test.Form.values()).map(form -> Arguments.of(name, form)));
  }

  static Stream<Arguments> graphs() {
    return inEachForm(GRAPHS);
  }

  static Stream<Arguments> models() {
    return inEachForm(MODELS);
  }

  private static void answers(Model model, Path folder) {
    KerasAnswers.areGiven(model, folder, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void predictsAsKerasDoes(String name, Keras3Test.Form form) {
    Path folder = graphs.resolve(name);
    answers(form.loadModel(folder, "model"), folder);
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictsAsKerasDoesOfModelsMadeElsewhere(String name, Keras3Test.Form form) {
    Path folder = models.resolve(name);
    answers(form.loadModel(folder, "m"), folder);
  }

  @Test
  void everyModelOfTheArchiveIsAsked() throws IOException {
    try (Stream<Path> folders = Files.list(graphs)) {
      Set<String> names =
          folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
      Set<String> asked = new HashSet<>(GRAPHS);
      asked.add("refused");
      assertEquals(asked, names);
    }
  }

  @Test
  void readsTheStatesOfKeras2BehindTheInput() {
    Path folder = graphs.resolve("encoder_decoder");
    answers(
        KerasFile.loadModel(folder.resolve("model.weights.h5"), folder.resolve("keras2.json")),
        folder);
    answers(KerasFile.loadModel(folder.resolve("model.h5"), folder.resolve("keras2.json")), folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two_inputs | sensors, static | load",
        "skip | x | high, kind",
        "activation | x | simple_rnn, shares",
        "names | a, z | q, p",
        "bidirectional_states | x, d | y, both/c_1, both/c, both/h, both/h_1",
        "states_in_and_out | x, h, c | step, step/h, step/c",
      })
  void namesInputsAndOutputsAsKerasNamesTheirLayers(String name, String inputs, String outputs) {
    Model model = Keras3Test.Form.HDF5.loadModel(graphs.resolve(name), "model");
    assertEquals(List.of(inputs.split(", ")), model.inputNames());
    assertEquals(List.of(outputs.split(", ")), model.outputNames());
  }

  @Test
  void isReadByWhatTheFileBeginsWith() {
    Path folder = graphs.resolve("two_inputs");
    answers(ModelReader.read(folder.resolve("model.keras")).model(), folder);
    answers(ModelReader.read(folder.resolve("model.h5")).model(), folder);
    Path json = folder.resolve("model.json");
    answers(ModelReader.read(folder.resolve("model.weights.h5"), json).model(), folder);
  }

  @Test
  void saysTheAxesOfTheInputs() {
    Model model = Keras3Test.Form.ARCHIVE.loadModel(graphs.resolve("two_inputs"), "model");
    assertEquals(
        List.of("Input \"sensors\" -> (batch, timesteps, 3)", "Input \"static\" -> (batch, 4)"),
        model.inputs().stream().map(Value::toString).toList());
    Model steps = Keras3Test.Form.ARCHIVE.loadModel(graphs.resolve("shared"), "model");
    assertEquals("Input \"a\" -> (batch, 5, 2)", steps.inputs().getFirst().toString());
    Model ids = Keras3Test.Form.ARCHIVE.loadModel(graphs.resolve("translation"), "model");
    assertEquals("Input \"d\" -> (batch, timesteps) of token ids", ids.inputs().get(1).toString());
  }

  @Test
  void sharesTheWeightsOfALayerThatIsCalledTwice() {
    Model model = Keras3Test.Form.HDF5.loadModel(graphs.resolve("shared"), "model");
    assertEquals(3, model.layers().size());
    assertEquals(4, model.calls().size());
    assertEquals(6, model.weights().size());
  }

  /** Keras 3 hands no mask to a layer that is given its states; the encoder heeds its own. */
  @Test
  void makesNoMaskThatKeras3HandsToNobody() {
    Model model = Keras3Test.Form.HDF5.loadModel(graphs.resolve("translation"), "model");
    assertEquals(
        List.of(Embedding.of(9, 2), Embedding.builder(9, 3).maskZero(true).build()),
        model.layers().stream()
            .filter(Embedding.class::isInstance)
            .map(layer -> layer.named(""))
            .toList());
  }

  @ParameterizedTest
  @EnumSource(Keras3Test.Form.class)
  void givesASequentialOfAChain(Keras3Test.Form form) {
    Path folder = models.resolve("functional_mask");
    Sequential chain = form.load(folder, "m");
    assertInstanceOf(Sequential.class, form.loadModel(folder, "m"));
    assertEquals(chain.layers(), form.loadModel(folder, "m").layers());
  }

  @ParameterizedTest
  @CsvSource({"shared, x, y", "inner_output, x, y", "state_output, x, y"})
  void readsWhatAChainCannotHold(String name, String x, String y) {
    Path folder = more.resolve(name);
    for (Keras3Test.Form form : Keras3Test.Form.values()) {
      Model model = form.loadModel(folder, "model");
      Tensor in = Npy.read(folder.resolve(x + ".npy"));
      Tensor got =
          model
              .predict(Map.of(model.inputNames().getFirst(), in))
              .get(model.outputNames().getFirst());
      assertTrue(got.allClose(Npy.read(folder.resolve(y + ".npy")), 0, TOLERANCE));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two_inputs | the inputs sensors, static",
        "skip | the outputs high, kind",
        "shared | the inputs a, b",
        "translation | the inputs x, d",
      })
  void refusesAGraphWhereAChainIsAskedFor(String name, String got) {
    for (Keras3Test.Form form : Keras3Test.Form.values()) {
      FormatException e =
          assertThrows(FormatException.class, () -> form.load(graphs.resolve(name), "model"));
      assertEquals("layers in one chain, from one input to one output", e.expected());
      assertEquals(got, e.got());
      assertTrue(e.getMessage().endsWith("; KerasFile.loadModel reads it"), e.getMessage());
    }
  }
}
