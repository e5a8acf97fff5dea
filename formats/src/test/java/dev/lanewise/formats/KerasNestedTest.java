package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.tfjs.TfjsModel;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models inside models, built, saved and answered by Keras 3.15; see resources/keras3. */
class KerasNestedTest {
  /** Keras and this library each round to float32 in some 20 steps. */
  private static final double TOLERANCE = 2e-6;

  @TempDir static Path directory;
  private static Path models;

  @BeforeAll
  static void unzip() {
    models = Unzipped.into(directory.resolve("nested"), "keras3/nested.zip");
  }

  static Stream<Arguments> models() {
    return Stream.of(
            "sequential",
            "functional",
            "chains",
            "branches",
            "deep",
            "mask_in",
            "mask_inside",
            "twice",
            "by_name",
            "outputs_first",
            "outputs_last",
            "outputs_both",
            "chain_outputs",
            "mask_through_chain",
            "mask_through_graph",
            "mask_out",
            "mask_out_of_chain")
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
    assertEquals(
        Refusals.names(models),
        models().map(each -> (String) each.get()[0]).distinct().sorted().toList());
  }

  @Test
  void givesTheLayersOfAChainInsideAChain() {
    Model model = Keras3Test.Form.HDF5.loadModel(models.resolve("chains"), "model");
    assertInstanceOf(Sequential.class, model);
    assertEquals(
        List.of(
            "first/bidirectional",
            "first/deepest/dense_2",
            "first/deepest/layer_normalization",
            "gru",
            "last/dense_3"),
        model.layers().stream().map(Layer::name).toList());
  }

  @Test
  void namesAnOutputAsKerasNamesTheModelThatGivesIt() {
    assertEquals(
        List.of("one", "other"),
        Keras3Test.Form.HDF5.loadModel(models.resolve("twice"), "model").outputNames());
    assertEquals(
        List.of("outer", "other"),
        Keras3Test.Form.HDF5.loadModel(models.resolve("deep"), "model").outputNames());
    assertEquals(
        List.of("dense_4"),
        Keras3Test.Form.HDF5.loadModel(models.resolve("branches"), "model").outputNames());
  }

  @Test
  void sharesTheWeightsOfAModelThatIsCalledTwice() {
    Model model = Keras3Test.Form.HDF5.loadModel(models.resolve("functional"), "model");
    assertEquals(7, model.layers().size());
    assertEquals(10, model.calls().size());
  }

  /** Its calls are counted from 1, and its weights do not have its name. */
  @Test
  void predictsAsTensorFlowJsDoes() {
    Path js = Unzipped.into(directory.resolve("tfjs"), "tfjs/models.zip").resolve("nested");
    answers(TfjsModel.read(js.resolve("model.json"), false), js);
  }

  // Refusals

  private static void refused(String from, String to, String rest) throws IOException {
    Path folder = models.resolve("sequential");
    String json = Files.readString(folder.resolve("model.json"));
    assertTrue(json.contains(from), json);
    Path config = Files.createTempFile(directory, "changed", ".json");
    Files.writeString(config, json.replace(from, to));
    Refusals.refused(
        config, rest, () -> KerasFile.loadModel(folder.resolve("model.weights.h5"), config));
  }

  @Test
  void refusesArgumentsOfAnInnerModelsCall() throws IOException {
    refused(
        "\"kwargs\": {\"mask\": null}",
        "\"kwargs\": {\"training\": true}",
        ", layer \"inner\" (Sequential): expected a call of its input alone, got \"training\":"
            + " true; build the model without it, for inference");
  }

  @Test
  void refusesAnInnerModelOnMoreTensorsThanItTakes() throws IOException {
    refused(
        "\"keras_history\": [\"reader\", 0, 0]}}]",
        "\"keras_history\": [\"reader\", 0, 0]}}, {\"keras_history\": [\"reader\", 0, 0]}]",
        ", layer \"inner\" (Sequential): expected a call on 1 tensor, got 2");
  }

  @Test
  void refusesAnInnerModelOnTensorsOfOtherNames() throws IOException {
    Path folder = models.resolve("by_name");
    String json = Files.readString(folder.resolve("model.json"));
    Path config = Files.createTempFile(directory, "changed", ".json");
    Files.writeString(config, json.replace("\"z\": {\"class_name\"", "\"x\": {\"class_name\""));
    Refusals.refused(
        config,
        ", layer \"named\" (Functional): expected a call of its input alone, got \"inputs\": [a, x]",
        () -> KerasFile.loadModel(folder.resolve("model.weights.h5"), config));
  }

  @Test
  void refusesASettingOfAnInnerModelThatItDoesNotKnow() throws IOException {
    refused(
        "{\"name\": \"inner\",",
        "{\"name\": \"inner\", \"repeats\": 2,",
        ", layer \"inner\" (Sequential): expected settings that this library knows, got"
            + " \"repeats\": 2; it may change what the model predicts. Where it does not, take it"
            + " out of the model's JSON, and give that beside the weights");
  }

  @Test
  void namesALayerOfAnInnerModel() throws IOException {
    refused(
        "\"axis\": -1",
        "\"axis\": 3",
        ", layer \"inner/batch_normalization\" (BatchNormalization): expected as \"axis\" -1 or 1"
            + " of (batch, features), got 3");
  }

  @Test
  void refusesNamesOfInnerModelsWithoutAnEnd() throws IOException {
    String name = "i".repeat(999);
    refused(
        "\"inner\"",
        "\"" + name + "\"",
        ": expected names of at most 1000 characters, those of the models around a layer included,"
            + " got 1001");
  }

  @Test
  void refusesAnOutputThatAnInnerModelDoesNotGive() throws IOException {
    refused(
        "\"keras_history\": [\"inner\", 0, 0]",
        "\"keras_history\": [\"inner\", 0, 1]",
        ": expected what a layer before it gives, got output 0, 1 of \"inner\"");
  }

  @Test
  void refusesInnerModelsThatGiveWhatTheyTake() throws IOException {
    String input =
        "{'name': 'x', 'class_name': 'InputLayer', 'config': {'name': 'x', 'batch_shape': [null, 3]},"
            + " 'inbound_nodes': []}";
    String inner =
        "{'name': 'inner', 'class_name': 'Functional', 'config': {'name': 'inner', 'layers': ["
            + input
            + "], 'input_layers': [['x', 0, 0]], 'output_layers': [['x', 0, 0]]}, 'inbound_nodes':"
            + " [[['inner', 0, 0, {}]]]}";
    String json =
        "{'class_name': 'Functional', 'config': {'name': 'm', 'layers': ["
            + input
            + ", "
            + inner
            + "], 'input_layers': [['x', 0, 0]], 'output_layers': [['inner', 0, 0]]}}";
    Path config = Files.createTempFile(directory, "circle", ".json");
    Files.writeString(config, json.replace('\'', '"'));
    Path weights = models.resolve("sequential/model.weights.h5");
    Refusals.refused(
        config,
        ": expected layers that lead from the inputs to the outputs, got layers in a circle",
        () -> KerasFile.loadModel(weights, config));
  }

  /** Each model calls the one inside it twice. */
  @Test
  void refusesModelsThatMultiplyWithoutAnEnd() throws IOException {
    String inner =
        "{'name': 'm', 'class_name': 'Activation', 'config': {'name': 'm', 'activation': 'tanh'},"
            + " 'inbound_nodes': [[['x', 0, 0, {}]], [['m', 0, 0, {}]]]}";
    String model = "";
    for (int depth = 0; depth < 40; depth++) {
      int from = depth == 0 ? 0 : 1;
      model =
          "{'name': 'm', 'class_name': 'Functional', 'config': {'name': 'm', 'layers': [{'name':"
              + " 'x', 'class_name': 'InputLayer', 'config': {'name': 'x', 'batch_shape': [null,"
              + " 3]}, 'inbound_nodes': []}, "
              + inner
              + "], 'input_layers': [['x', 0, 0]], 'output_layers': [['m', "
              + (1 + from)
              + ", 0]]}";
      inner = model + ", 'inbound_nodes': [[['x', 0, 0, {}]], [['m', 1, 0, {}]]]}";
    }
    Path config = Files.createTempFile(directory, "deep", ".json");
    Files.writeString(config, (model + "}").replace('\'', '"'));
    Path weights = models.resolve("sequential/model.weights.h5");
    Refusals.refused(
        config,
        ", layer \""
            + "m/".repeat(27)
            + "m\" (Functional): expected a model of at most 4096 layers, got 8192",
        () -> KerasFile.loadModel(weights, config));
  }

  @Test
  void namesAnInnerModelWhoseArraysAreOfAnother() throws IOException {
    Path folder = models.resolve("sequential");
    String json = Files.readString(folder.resolve("model.json"));
    Path config = Files.createTempFile(directory, "changed", ".json");
    Files.writeString(config, json.replace("\"scale\": true", "\"scale\": false"));
    String group = "model_weights/inner/inner/";
    Refusals.refused(
        folder.resolve("model.h5"),
        ", layer \"inner\": expected 7 arrays of the layers inner/dense, inner/batch_normalization,"
            + " inner/dense_1, got 8: "
            + Stream.of(
                    "dense/kernel",
                    "dense/bias",
                    "batch_normalization/gamma",
                    "batch_normalization/beta",
                    "dense_1/kernel",
                    "dense_1/bias",
                    "batch_normalization/moving_mean",
                    "batch_normalization/moving_variance")
                .map(group::concat)
                .collect(Collectors.joining(", "))
            + "; the weights belong to another model",
        () -> KerasFile.loadModel(folder.resolve("model.h5"), config));
  }
}
