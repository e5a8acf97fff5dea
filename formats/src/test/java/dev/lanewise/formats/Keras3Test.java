package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** Models that Keras 3.15 itself built, saved and answered; see resources/keras3/README.md. */
class Keras3Test {
  /** Keras and this library each round to float32 in some 10 steps. */
  private static final double TOLERANCE = 3e-6;

  private static final List<String> MODELS =
      List.of(
          "lstm_last",
          "lstm_stack_dense",
          "lstm_any_steps",
          "lstm_hard_sigmoid",
          "lstm_no_bias_backwards",
          "bi_concat",
          "bi_sum",
          "bi_mul",
          "bi_ave",
          "masking",
          "masking_backwards", // a backward layer below another, with padding
          "masking_bi",
          "embedding_mask",
          "functional_mask",
          "conv_lstm",
          "conv_pool_lstm",
          "activations",
          "batchnorm_layernorm",
          "softmax_axis",
          "reshape_permute",
          "autoencoder",
          "names",
          "gru",
          "gru_before",
          "simple_rnn");

  private static final List<String> MORE =
      List.of(
          "flatten_first",
          "flatten_first_2d",
          "softmax_list",
          "softmax_last_of_2d",
          "softmax_from_end",
          "stateful",
          "masking_nodes");

  /** Of each layer. */
  private static final List<String> RECURRENT =
      List.of("", "_steps", "_backwards", "_no_bias", "_both", "_masking", "_embedding");

  @TempDir static Path directory;
  private static Path models;
  private static Path more;
  private static Path recurrent;
  private static Path weightless;

  @BeforeAll
  static void unzip() {
    models = Unzipped.into(directory.resolve("models"), "keras3/models.zip");
    more = Unzipped.into(directory.resolve("more"), "keras3/more.zip");
    recurrent = Unzipped.into(directory.resolve("recurrent"), "keras3/recurrent.zip");
    weightless = Unzipped.into(directory.resolve("weightless"), "keras3/weightless.zip");
  }

  /** The three forms in which Keras saves a model. */
  enum Form {
    ARCHIVE,
    HDF5,
    WEIGHTS_AND_JSON;

    Path config(Path model, String name) {
      return switch (this) {
        case ARCHIVE -> model.resolve(name + ".keras");
        case HDF5 -> model.resolve(name + ".h5");
        case WEIGHTS_AND_JSON -> model.resolve(name + ".json");
      };
    }

    Sequential load(Path model, String name) {
      return this == WEIGHTS_AND_JSON
          ? KerasFile.load(model.resolve(name + ".weights.h5"), config(model, name))
          : KerasFile.load(config(model, name));
    }

    Model loadModel(Path model, String name) {
      return this == WEIGHTS_AND_JSON
          ? KerasFile.loadModel(model.resolve(name + ".weights.h5"), config(model, name))
          : KerasFile.loadModel(config(model, name));
    }
  }

  static Stream<Arguments> models() {
    return inEachForm(MODELS);
  }

  static Stream<Arguments> more() {
    return inEachForm(MORE);
  }

  static Stream<Arguments> recurrent() {
    Stream<String> names =
        Stream.of("gru_after", "gru_before", "rnn")
            .flatMap(layer -> RECURRENT.stream().map(variant -> layer + variant));
    return inEachForm(
        Stream.concat(names, Stream.of("gru_after_hard", "gru_before_hard")).toList());
  }

  private static Stream<Arguments> inEachForm(List<String> names) {
    return names.stream()
        .flatMap(name -> Stream.of(Form.values()).map(form -> Arguments.of(name, form)));
  }

  private static void answers(Sequential model, Path x, Path y) {
    Tensor expected = Npy.read(y);
    Tensor got = model.predict(Npy.read(x));
    assertEquals(expected.shape(), got.shape());
    assertTrue(got.allClose(expected, 0, TOLERANCE), () -> "expected " + expected + "\ngot " + got);
  }

  @ParameterizedTest
  @MethodSource("models")
  void predictsAsKerasDoes(String name, Form form) {
    Path model = models.resolve(name);
    answers(form.load(model, "m"), model.resolve("x0.npy"), model.resolve("y0.npy"));
  }

  @ParameterizedTest
  @MethodSource("more")
  void predictsAsKerasDoesWithSettingsOfTheirOwn(String name, Form form) {
    Path model = more.resolve(name);
    answers(form.load(model, "model"), model.resolve("x.npy"), model.resolve("y.npy"));
  }

  @ParameterizedTest
  @MethodSource("recurrent")
  void predictsAsKerasDoesOfEachRecurrentLayer(String name, Form form) {
    Path model = recurrent.resolve(name);
    answers(form.load(model, "model"), model.resolve("x.npy"), model.resolve("y.npy"));
  }

  private static Tensor answer(Model model, Path x) {
    Map<String, Tensor> input = Map.of(model.inputNames().getFirst(), Npy.read(x));
    return model.predict(input).values().iterator().next();
  }

  /** All models of the archive, of which some are no chain. */
  @ParameterizedTest
  @EnumSource
  void predictsAsKerasDoesOfLayersWithoutWeights(Form form) throws IOException {
    List<String> names = Refusals.names(weightless);
    assertEquals(35, names.size());
    for (String name : names) {
      Path folder = weightless.resolve(name);
      Tensor expected = Npy.read(folder.resolve("y.npy"));
      Tensor got = answer(form.loadModel(folder, "model"), folder.resolve("x.npy"));
      assertEquals(expected.shape(), got.shape(), name);
      assertTrue(
          got.allClose(expected, 0, TOLERANCE),
          () -> name + ": expected " + expected + "\ngot " + got);
    }
  }

  @Test
  void everyModelOfTheArchiveIsAsked() throws IOException {
    try (Stream<Path> folders = Files.list(recurrent)) {
      assertEquals(
          recurrent().map(each -> (String) each.get()[0]).collect(Collectors.toSet()),
          folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyFormHasTheSameLayersAndSoHasAFileOfOurOwn(String name, Form form) {
    Path model = models.resolve(name);
    Sequential read = form.load(model, "m");
    assertEquals(Form.ARCHIVE.load(model, "m").layers(), read.layers());
    Path own = directory.resolve(name + form + ".safetensors");
    ModelFile.save(read, own);
    assertEquals(read.layers(), ModelFile.load(own).layers());
  }

  private static FormatException refusal(Path model, String name, Form form) {
    FormatException e = assertThrows(FormatException.class, () -> form.load(model, name));
    assertEquals(form.config(model, name).toString(), e.file());
    return e;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two_inputs | layers in one chain, from one input to one output"
            + " | the inputs sensors, static",
        "encoder_decoder | layers in one chain, from one input to one output"
            + " | the inputs input_layer_25, input_layer_26",
        "skip_two_outputs | layers in one chain, from one input to one output"
            + " | the outputs lstm_34, dense_20",
      })
  void namesTheInputsOrOutputsThatAreTooMany(String name, String expected, String got) {
    for (Form form : Form.values()) {
      FormatException e = refusal(models.resolve(name), "m", form);
      assertEquals(expected, e.expected());
      assertEquals(got, e.got());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "training | a call of its input alone | \"training\": true",
        "shared | layers in one chain, from one input to one output | layer \"lstm",
        "inner_output | layers in one chain, from one input to one output"
            + " | the outputs steps, last",
        "state_output | layers in one chain, from one input to one output | layer \"lstm",
        "other_mask | the mask of the Masking or Embedding before it | \"not_equal",
      })
  void refusesWhatAChainCannotHold(String name, String expected, String got) {
    for (Form form : Form.values()) {
      FormatException e = refusal(more.resolve(name), "model", form);
      assertEquals(expected, e.expected());
      assertTrue(e.got().startsWith(got), e.getMessage());
    }
  }
}
