package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.tfjs.TfjsModel;
import dev.lanewise.lstm.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models that TensorFlow.js 4.22 itself built, saved and answered; see resources/tfjs/README.md.
 */
class TfjsModelTest {
  /** TensorFlow.js and this library each round to float32 in some 10 steps. */
  private static final double TOLERANCE = 2e-6;

  private static final String LSTM = "lstm";

  @TempDir static Path directory;
  private static Path models;

  @BeforeAll
  static void unzip() {
    models = Unzipped.into(directory.resolve("models"), "tfjs/models.zip");
  }

  private static Path json(String name) {
    return models.resolve(name + "/model.json");
  }

  private static void answers(Model model, Path folder) {
    KerasAnswers.areGiven(model, folder, TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm",
        "lstm_sigmoid",
        "gru",
        "rnn",
        "bidirectional",
        "stacked",
        "embedding",
        "convolutions",
        "normalized",
        "heads",
        "functional",
        "shared",
        "converted",
        "uint8",
        "uint16",
        "float16",
        "activations",
        "encoder_decoder",
        "merges",
        "trained"
      })
  void predictsAsTensorFlowJsDoes(String name) {
    answers(TfjsModel.read(json(name), false), models.resolve(name));
  }

  /** Keras's models, converted, of which TensorFlow.js itself runs only some. */
  @Test
  void predictsAsKerasDoesOfConvertedModels() throws IOException {
    Path converted = Unzipped.into(directory.resolve("converted"), "tfjs/converted.zip");
    List<String> names = Refusals.names(converted);
    assertEquals(13, names.size());
    for (String name : names) {
      Path folder = converted.resolve(name);
      answers(TfjsModel.read(folder.resolve("model.json"), false), folder);
    }
  }

  @Test
  void knowsItByWhatItBeginsWith() throws IOException {
    for (String name : Refusals.names(models)) {
      byte[] head = Files.readAllBytes(json(name));
      assertTrue(TfjsModel.begins(head), name);
      assertTrue(TfjsModel.begins(Arrays.copyOf(head, 60)), name);
    }
    for (String text :
        List.of(
            "{\"weightsManifest\": [",
            " {\"a\": {\"b\": \"\\\"}\"}, \"modelTopology\" : ",
            "{\"format\": \"graph-model\", ")) {
      assertTrue(TfjsModel.begins(text.getBytes(StandardCharsets.UTF_8)), text);
    }
    for (String text :
        List.of(
            "",
            "{",
            "[{\"modelTopology\": 1}]",
            "{\"a\": {\"modelTopology\": 1}}",
            "{\"a\": \"modelTopology\", \"b\": 1",
            "{\"format\": \"other\"}",
            "{\"class_name\": \"Sequential\"}")) {
      assertFalse(TfjsModel.begins(text.getBytes(StandardCharsets.UTF_8)), text);
    }
  }

  // Refusals

  /** The model of one LSTM with its JSON changed. */
  private static Path changed(String from, String to) throws IOException {
    Path folder = Files.createTempDirectory(directory, "changed");
    Files.copy(
        models.resolve(LSTM + "/group1-shard1of1.bin"), folder.resolve("group1-shard1of1.bin"));
    String json = Files.readString(json(LSTM));
    assertTrue(json.contains(from), json);
    return Files.writeString(folder.resolve("model.json"), json.replace(from, to));
  }

  private static void refusedJson(String from, String to, String rest) throws IOException {
    Path json = changed(from, to);
    Refusals.refused(json, rest, () -> TfjsModel.read(json, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.bin",
        "/etc/passwd",
        "https://example.org/a.bin",
        "a/../../b.bin",
        "..\\\\b.bin",
        "C:b.bin",
        "",
        "./b.bin"
      })
  void refusesShardsOutsideTheFolder(String name) throws IOException {
    String shown = name.replace("\\\\", "\\");
    Path json = changed("group1-shard1of1.bin", name);
    Refusals.refused(
        json,
        ", weightsManifest: expected as \"paths\" names of files in the folder of the JSON, got \""
            + Printable.of(shown)
            + "\"; put the shard beside the JSON, and write its plain name",
        () -> TfjsModel.read(json, false));
  }

  @Test
  void readsAShardInAFolderBelow() throws IOException {
    Path json = changed("group1-shard1of1.bin", "weights/group1.bin");
    Files.createDirectory(json.resolveSibling("weights"));
    Files.move(
        json.resolveSibling("group1-shard1of1.bin"), json.resolveSibling("weights/group1.bin"));
    answers(TfjsModel.read(json, false), models.resolve(LSTM));
  }

  @Test
  void namesAShardThatIsMissing() throws IOException {
    refusedJson(
        "group1-shard1of1.bin",
        "other.bin",
        ", shard \"other.bin\": expected a file in the folder of the JSON, got none of that name;"
            + " copy every file of the model into one folder");
  }

  @Test
  void refusesAShardThatComesTwice() throws IOException {
    refusedJson(
        "[\"group1-shard1of1.bin\"]",
        "[\"group1-shard1of1.bin\", \"group1-shard1of1.bin\"]",
        ", weightsManifest: expected each shard once, got \"group1-shard1of1.bin\" again");
  }

  @Test
  void refusesShardsOfAnotherLengthThanTheWeights() throws IOException {
    Path json = changed("layers-model", "layers-model");
    Path shard = json.resolveSibling("group1-shard1of1.bin");
    byte[] bytes = Files.readAllBytes(shard);
    String expected =
        ", shard \"group1-shard1of1.bin\": expected " + bytes.length + " bytes, as the weights in";
    Files.write(shard, Arrays.copyOf(bytes, bytes.length - 1));
    Refusals.refused(
        json,
        expected
            + " the JSON take, got "
            + (bytes.length - 1)
            + "; the file is cut short, or of another model: copy all files again",
        () -> TfjsModel.read(json, false));
    Files.write(shard, Arrays.copyOf(bytes, bytes.length + 1));
    Refusals.refused(
        json,
        expected
            + " the JSON take, got "
            + (bytes.length + 1)
            + "; the file belongs to another JSON: copy all files again",
        () -> TfjsModel.read(json, false));
  }

  @Test
  void namesAGraphModel() throws IOException {
    String rest =
        ": expected a layers model of TensorFlow.js (\"format\": \"layers-model\"), got a graph"
            + " model; its layers are gone: save the Keras model that it was made of,"
            + " model.save(\"model.keras\"), or convert that with"
            + " --output_format=tfjs_layers_model";
    refusedJson("\"layers-model\"", "\"graph-model\"", rest);
    refusedJson("\"modelTopology\":{", "\"modelTopology\":{\"node\":[],", rest);
  }

  @Test
  void refusesAModelWithoutLayersOrWeights() throws IOException {
    refusedJson(
        "\"modelTopology\"",
        "\"other\"",
        ": expected a layers model of TensorFlow.js, with \"modelTopology\", got an object of"
            + " format, generatedBy, convertedBy, other, weightsManifest; save the model in"
            + " TensorFlow.js with model.save");
    refusedJson(
        "\"weightsManifest\"",
        "\"other\"",
        ": expected the weights too, as \"weightsManifest\", got the layers alone; save the model"
            + " in TensorFlow.js with model.save, which writes both");
  }

  @Test
  void refusesTypesThatItDoesNotRead() throws IOException {
    String where = ", weightsManifest[0], weights[0]";
    refusedJson(
        "\"shape\":[3,16],\"dtype\":\"float32\"",
        "\"shape\":[3,16],\"dtype\":\"complex64\"",
        where
            + ": expected as \"dtype\" one of bool, float16, float32, int32, uint8, got"
            + " \"complex64\"");
    refusedJson(
        "\"shape\":[3,16],\"dtype\":\"float32\"",
        "\"shape\":[3,16],\"dtype\":\"float32\",\"quantization\":{\"dtype\":\"int4\"}",
        where
            + ": expected as \"dtype\" of \"quantization\" one of float16, uint16, uint8, got"
            + " \"int4\"");
  }

  @Test
  void refusesWeightsThatAreNotTheModels() throws IOException {
    refusedJson(
        "\"shape\":[3,16]",
        "\"shape\":[16,3]",
        ", weight \"lstm_LSTM1/kernel\": expected lstm_LSTM1/kernel (3, 16), got (16, 3); the"
            + " weights belong to another model");
    refusedJson(
        "{\"name\":\"lstm_LSTM1/kernel\"",
        "{\"name\":\"gru/kernel\"",
        ", weight \"gru/kernel\": expected weights of the model's layers: lstm_LSTM1, dense_Dense1,"
            + " got a weight of none of them; the weights belong to another model");
    refusedJson(
        "{\"name\":\"lstm_LSTM1/kernel\"",
        "{\"name\":\"lstm_LSTM1/bias\"",
        ", weight \"lstm_LSTM1/bias\": expected each weight once, got it again");
    refusedJson(
        "{\"name\":\"lstm_LSTM1/kernel\"",
        "{\"name\":\"dense_Dense1/a\"",
        ", layer \"lstm_LSTM1\": expected 3 arrays: lstm_LSTM1/kernel (3, 16),"
            + " lstm_LSTM1/recurrent_kernel (4, 16), lstm_LSTM1/bias (16), got 2:"
            + " lstm_LSTM1/recurrent_kernel, lstm_LSTM1/bias; the weights belong to another model");
  }

  @Test
  void refusesShapesAndNamesBeyondAnyFile() throws IOException {
    refusedJson(
        "\"shape\":[3,16]",
        "\"shape\":[4000000000,4000000000]",
        ", weight \"lstm_LSTM1/kernel\": expected a shape whose bytes fit a file, got more than 63"
            + " bits count");
    refusedJson(
        "lstm_LSTM1/kernel",
        "x".repeat(1001),
        ", weightsManifest[0], weights[0]: expected a name of at most 1000 characters, got 1001");
    refusedJson(
        "lstm_LSTM1/kernel",
        "a/".repeat(12) + "kernel",
        ", weightsManifest[0], weights[0]: expected a name of at most 12 parts between slashes, got"
            + " 13");
  }

  @Test
  void refusesASettingThatItDoesNotKnow() throws IOException {
    refusedJson(
        "\"units\":4",
        "\"units\":4,\"zone_out\":0.5",
        ", modelTopology, layer \"lstm_LSTM1\" (LSTM): expected settings that this library knows,"
            + " got \"zone_out\": 0.5; it may change what the model predicts. Where it does not,"
            + " take it out of the model's JSON, and give that beside the weights");
  }

  @Test
  void refusesWeightsThatAreNotFinite() throws IOException {
    Path json = changed("layers-model", "layers-model");
    Path shard = json.resolveSibling("group1-shard1of1.bin");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[2] = (byte) 0xc0;
    bytes[3] = 0x7f;
    Files.write(shard, bytes);
    Refusals.refused(
        json,
        ", weight \"lstm_LSTM1/kernel\": expected finite numbers, got NaN at [0, 0]; the training"
            + " ran away: save the model of before. To load it all the same:"
            + " LoadOptions.builder().allowNan(true), or --allow-nan",
        () -> TfjsModel.read(json, false));
    assertTrue(Float.isNaN(TfjsModel.read(json, true).weights().getFirst().value().get(0, 0)));
  }
}
