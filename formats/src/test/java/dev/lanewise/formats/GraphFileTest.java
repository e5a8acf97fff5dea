package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.formats.forecast.RecipeWriter;
import dev.lanewise.formats.models.ModelSizes;
import dev.lanewise.lstm.Add;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Input;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Value;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that are graphs in the native format; what they answer is {@link Models2Test}'s. */
class GraphFileTest {
  private static final String KEY = "lanewise.architecture";

  private static final String INPUTS =
      "\"inputs\":[{\"name\":\"sensors\",\"kind\":\"sequences\",\"features\":3},"
          + "{\"name\":\"site\",\"kind\":\"rows\",\"features\":2}]";
  private static final String LAYERS =
      "\"layers\":[{\"type\":\"Lstm\",\"name\":\"lstm\",\"units\":4,\"activation\":\"tanh\","
          + "\"recurrentActivation\":\"sigmoid\",\"useBias\":true,\"unitForgetBias\":true,"
          + "\"returnSequences\":false,\"goBackwards\":false,\"zeroOutputForMask\":false},"
          + "{\"type\":\"Concatenate\",\"name\":\"concatenate\",\"axis\":\"features\"},"
          + "{\"type\":\"Dense\",\"name\":\"dense\",\"units\":1,\"activation\":\"linear\","
          + "\"useBias\":true}]";
  private static final String CALLS =
      "\"calls\":[{\"layer\":\"lstm\",\"in\":[0]},{\"layer\":\"concatenate\",\"in\":[2,1]},"
          + "{\"layer\":\"dense\",\"in\":[5]}]";
  private static final String OUTPUTS = "\"outputs\":[{\"name\":\"load\",\"value\":6}]";
  private static final String TEXT =
      "{\"version\":2," + String.join(",", INPUTS, LAYERS, CALLS, OUTPUTS) + "}";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("m.safetensors");
  }

  @Test
  void isTheInputsLayersCallsAndOutputs() {
    ModelFile.save(Models2.twoInputs(), file);
    SafeTensors tensors = SafeTensors.read(file);
    assertEquals(TEXT, tensors.metadata().get(KEY));
    assertEquals(
        List.of("lstm/kernel", "lstm/recurrent_kernel", "lstm/bias", "dense/kernel", "dense/bias"),
        List.copyOf(tensors.tensors().keySet()));
  }

  @Test
  void saysTimestepsIdsAndStates() {
    ModelFile.save(FuzzSeeds.graph(), Map.of("note", "mine"), file);
    String text = SafeTensors.read(file).metadata().get(KEY);
    assertEquals(
        "{\"version\":2,\"inputs\":[{\"name\":\"past\",\"kind\":\"sequences\",\"features\":2},"
            + "{\"name\":\"words\",\"kind\":\"ids\",\"timesteps\":3},"
            + "{\"name\":\"site\",\"kind\":\"rows\",\"features\":2}]",
        text.substring(0, text.indexOf(",\"layers\"")));
    assertEquals(
        "\"calls\":[{\"layer\":\"embedding\",\"in\":[1]},{\"layer\":\"lstm\",\"in\":[3]},"
            + "{\"layer\":\"lstm_1\",\"in\":[0],\"from\":[5,6]},{\"layer\":\"dense\",\"in\":[7]},"
            + "{\"layer\":\"dense\",\"in\":[2]},{\"layer\":\"add\",\"in\":[10,11]},"
            + "{\"layer\":\"concatenate\",\"in\":[12,9]},{\"layer\":\"dense_1\",\"in\":[13]}],"
            + "\"outputs\":[{\"name\":\"load\",\"value\":14},{\"name\":\"lstm_1/h\",\"value\":8}]}",
        text.substring(text.indexOf("\"calls\"")));
    assertEquals(Map.of("note", "mine"), ModelFile.read(file).metadata());
  }

  @Test
  void isReadByTheReaderOfModels() throws IOException {
    Model model = Models2.twoInputs();
    ModelFile.save(model, file);
    ModelReader.Contents found = ModelReader.read(file);
    assertEquals("Lanewise", found.format());
    assertEquals(model.summary(), found.model().summary());
    assertEquals(model.summary(), ModelFile.read(file).model().summary());
    Path config = directory.resolve("config.json");
    Files.writeString(config, TEXT);
    assertEquals(model.summary(), ModelReader.read(file, config).model().summary());
  }

  @Test
  void isNoChain() {
    ModelFile.save(Models2.twoInputs(), file);
    String graph = ": expected a chain of layers, got a graph from sensors, site to load; ";
    String way = "ModelFile.loadModel(file) reads it";
    refused(file, graph + way, () -> ModelFile.load(file));
    refused(file, graph + way, () -> ModelFile.read(file).sequential());
    ModelReader.Contents found = ModelReader.read(file);
    refused(file, graph + "Contents.model() is any model", found::sequential);
    SafeTensors plain = SafeTensors.read(file);
    Map<String, String> metadata =
        Map.of(KEY, TEXT, ForecastFile.KEY, RecipeWriter.write(Recipes.small(), Recipes.options()));
    SafeTensors.write(file, plain.tensors(), metadata);
    refused(file, graph + "a forecaster is one", () -> ForecastFile.load(file));
  }

  @Test
  void aChainIsLoadedAsAModelToo() {
    Model chain = FuzzSeeds.recurrent();
    ModelFile.save(chain, file);
    Model model = ModelFile.loadModel(file);
    assertEquals(chain.summary(), model.summary());
    assertArrayEquals(
        chain.weights().getLast().value().toArray(), model.weights().getLast().value().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Where, what is replaced, by what, the message.
        "\"version\":2|\"version\":2,\"features\":3|: expected only the keys version, inputs,"
            + " layers, calls, outputs, got \"features\"",
        "\"inputs\":[{|\"inputs\":[],\"x\":[{|: expected only the keys version, inputs, layers,"
            + " calls, outputs, got \"x\"",
        "\"kind\":\"rows\"|\"kind\":\"row\"|, inputs[1]: expected one of sequences, rows, ids as"
            + " \"kind\", got \"row\"",
        "\"kind\":\"rows\"|\"kind\":\"ids\"|, inputs[1]: expected only the keys name, kind,"
            + " timesteps, got \"features\"",
        "\"kind\":\"rows\"|\"kind\":\"rows\",\"timesteps\":3|, inputs[1]: expected only the keys"
            + " name, kind, features, got \"timesteps\"",
        "\"features\":3|\"features\":0|, inputs[0]: expected a whole number from 1 to 2147483647"
            + " as \"features\", got 0",
        "\"name\":\"site\"|\"name\":\"sensors\"|, inputs[1]: expected a name of its own, got"
            + " \"sensors\" a second time",
        "\"name\":\"site\"|\"name\":\"\"|, inputs[1]: expected a name that is not empty, got \"\"",
        "\"name\":\"dense\"|\"name\":\"lstm\"|, layers[2]: expected a name of its own, got"
            + " \"lstm\" a second time",
        "{\"layer\":\"lstm\"|{\"layer\":\"lstn\"|, calls[0]: expected one of the layers"
            + " concatenate, dense, lstm, got \"lstn\"; did you mean \"lstm\"?",
        "{\"layer\":\"lstm\"|{\"lay\":\"lstm\"|, calls[0]: expected only the keys layer, in, from,"
            + " got \"lay\"",
        "\"in\":[0]|\"in\":[2]|, calls[0]: expected the number of a value before it, 0 to 1, as"
            + " \"in\", got 2",
        "\"in\":[0]|\"in\":[9223372036854775807]|, calls[0]: expected the number of a value before"
            + " it, 0 to 1, as \"in\", got 9223372036854775807",
        "\"in\":[0]|\"in\":[-1]|, calls[0]: expected an array of whole numbers, 0 or more, as"
            + " \"in\", got [-1]",
        "\"in\":[0]|\"in\":[0],\"from\":[1]|, calls[0]: expected 2 values as \"from\", a state of"
            + " \"lstm\" each, got 1",
        "\"in\":[0]|\"in\":[0],\"from\":[]|, calls[0]: expected 2 values as \"from\", a state of"
            + " \"lstm\" each, got 0",
        "\"in\":[5]|\"in\":[5],\"from\":[1]|, calls[2]: expected no \"from\" of \"dense\", which"
            + " keeps no state, got 1",
        "\"in\":[0]|\"in\":[0],\"from\":[1,1]|, calls[0]: expected layers that fit together, got"
            + " \"Lstm \"lstm\".applyWithState: the state h is (batch, 4), got Input"
            + " \"site\" -> (batch, 2)\"",
        "\"in\":[0]|\"in\":[1]|, calls[0]: expected layers that fit together, got \"Lstm"
            + " \"lstm\".apply: needs (batch, timesteps, features), got Input \"site\" ->"
            + " (batch, 2). Input.sequences(name, features) has a time axis, and"
            + " RepeatVector.of(n) gives one\"",
        "\"in\":[0]|\"in\":[]|, calls[0]: expected layers that fit together, got \"Lstm"
            + " \"lstm\".apply: got 0 values, expected 1: []\"",
        "\"layer\":\"concatenate\",\"in\":[2,1]},|\"layer\":\"lstm\",\"in\":[0]},|,"
            + " layers[1]: expected a layer that a call names, got none of \"concatenate\"",
        "\"in\":[5]}]|\"in\":[5]},{\"layer\":\"lstm\",\"in\":[0]}]|: expected calls on which the"
            + " outputs depend, got 1 call of 4 on which none depends",
        "\"value\":6|\"value\":7|, outputs[0]: expected the number of a value before it, 0 to 6, as"
            + " \"value\", got 7",
        "\"value\":6}|\"value\":6},{\"name\":\"load\",\"value\":2}|, outputs[1]: expected a name of"
            + " its own, got \"load\" a second time",
        "\"outputs\":[{\"name\":\"load\",\"value\":6}]|\"outputs\":[]|: expected 1 to 4096 outputs,"
            + " got 0",
        ",\"outputs\":[{\"name\":\"load\",\"value\":6}]||: expected the key \"outputs\", got none",
        "[{\"name\":\"load\",\"value\":6}]|{}|: expected an array of objects as \"outputs\", got an"
            + " object",
      })
  void refusesAMalformedGraph(String part, String instead, String message) {
    refusedText(TEXT.replace(part, instead == null ? "" : instead), message);
  }

  private void refusedText(String text, String message) {
    ModelFile.save(Models2.twoInputs(), file);
    SafeTensors plain = SafeTensors.read(file);
    SafeTensors.write(file, plain.tensors(), Map.of(KEY, text));
    refused(file, ", " + KEY + message, () -> ModelFile.loadModel(file));
  }

  @Test
  void refusesAnInputThatNothingReads() {
    String text =
        TEXT.replace("\"inputs\":[", "\"inputs\":[{\"name\":\"x\",\"kind\":\"ids\"},")
            .replace("\"in\":[5]", "\"in\":[6]")
            .replace("\"in\":[2,1]", "\"in\":[3,2]")
            .replace("\"in\":[0]", "\"in\":[1]")
            .replace("\"value\":6", "\"value\":7");
    refusedText(
        text,
        ": expected layers that fit together, got \"Model.of: no output depends on Input \"x\""
            + " -> (batch, timesteps) of token ids; leave it out\"");
  }

  @Test
  void refusesAnInputAsAnOutput() {
    ModelFile.save(Models2.twoInputs(), file);
    SafeTensors plain = SafeTensors.read(file);
    SafeTensors.write(
        file, plain.tensors(), Map.of(KEY, TEXT.replace("\"value\":6", "\"value\":0")));
    FormatException e = assertThrows(FormatException.class, () -> ModelFile.loadModel(file));
    assertEquals(KEY + ", outputs[0]", e.where());
    assertEquals("layers that fit together", e.expected());
  }

  @Test
  void refusesMoreThanItCounts() {
    String call = "{\"layer\":\"lstm\",\"in\":[0]}";
    String calls = String.join(",", Collections.nCopies(4097, call));
    refusedText(
        TEXT.replace(CALLS, "\"calls\":[" + calls + "]"), ": expected 1 to 4096 calls, got 4097");
    String many =
        IntStream.range(0, 65536).mapToObj(_ -> "1").collect(Collectors.joining(",", "[", "]"));
    refusedText(
        TEXT.replace("\"in\":[2,1]", "\"in\":" + many),
        ", calls[1]: expected calls that read at most 65536 values in all, got more");
  }

  @Test
  void refusesHugeLayersBeforeAllocating() {
    ModelFile.save(Models2.twoInputs(), file);
    SafeTensors plain = SafeTensors.read(file);
    String huge = TEXT.replace("\"units\":1,", "\"units\":2147483647,");
    SafeTensors.write(file, plain.tensors(), Map.of(KEY, huge));
    refused(
        file,
        ", tensor \"dense/kernel\": expected (6, 2147483647), got (6, 1)",
        () -> ModelFile.loadModel(file));
  }

  @Test
  void readsAsManyCallsAsItTakes() {
    Value x = Input.rows("x", 1);
    Dense shared = Dense.of(1);
    Value last = x;
    for (int i = 0; i < ModelSizes.MOST_LAYERS; i++) {
      last = shared.apply(last);
    }
    Model model = Model.of(x, last).build(1);
    ModelFile.save(model, file);
    Model back = ModelFile.loadModel(file);
    assertEquals(ModelSizes.MOST_LAYERS, back.calls().size());
    Map<String, Tensor> one = Map.of("x", Tensor.of(new float[] {1}, 1, 1));
    assertArrayEquals(
        model.predict(one).get("dense").toArray(), back.predict(one).get("dense").toArray());
  }

  @Test
  void refusesAFileCutAtAnyByte() throws IOException {
    ModelFile.save(FuzzSeeds.graph(), file);
    Refusals.everyCutIsRefused(file, directory, ModelFile::loadModel);
  }

  @Test
  void readsOrRefusesAFileWithAChangedByte() throws IOException {
    ModelFile.save(FuzzSeeds.graph(), file);
    Refusals.noChangeBreaksTheReader(file, directory, ModelFile::loadModel);
  }

  @Test
  void keepsAnyNames() {
    List<Value> inputs = new ArrayList<>();
    for (String name : List.of("a/b.c-1", "ü \"x\"", "in0", "=")) {
      inputs.add(Input.rows(name, 1));
    }
    Value sum = Add.of().apply(inputs.toArray(Value[]::new));
    Model model = Model.of(inputs, List.of(sum.named("out/0=ß"), sum.named("again"))).build(1);
    ModelFile.save(model, file);
    Model back = ModelFile.loadModel(file);
    assertEquals(model.inputNames(), back.inputNames());
    assertEquals(model.outputValues(), back.outputValues());
  }
}
