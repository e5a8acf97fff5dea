package dev.lanewise.formats;

import static dev.lanewise.formats.Refusals.refused;
import static dev.lanewise.formats.Refusals.refusedArgument;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Conv1d;
import dev.lanewise.lstm.Dense;
import dev.lanewise.lstm.Dropout;
import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Flatten;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Normalization;
import dev.lanewise.lstm.Permute;
import dev.lanewise.lstm.Regularizer;
import dev.lanewise.lstm.RepeatVector;
import dev.lanewise.lstm.Reshape;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Softmax;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private static final String KEY = "lanewise.architecture";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("m.safetensors");
  }

  /** Every layer type, every setting away from its default. */
  private static Sequential model() {
    return Sequential.of(
            Normalization.of(new float[] {0.1f, 1 / 3f}, new float[] {1e-7f, 3e8f}),
            Lstm.builder(3)
                .activation(Activation.RELU)
                .recurrentActivation(Activation.HARD_SIGMOID_CLASSIC)
                .unitForgetBias(false)
                .returnSequences(true)
                .goBackwards(true)
                .name("first")
                .build(),
            Lstm.builder(2).useBias(false).build(),
            Dense.builder(4).activation(Activation.SIGMOID).useBias(false).build(),
            Dense.of(1),
            Normalization.inverse(new float[] {-0.1f}, new float[] {5}))
        .build(2, 11);
  }

  private static Tensor input() {
    return Tensor.arange(24).reshape(3, 4, 2);
  }

  @Test
  void loadsTheSameModel() {
    Sequential model = model();
    ModelFile.save(model, file);
    Sequential back = ModelFile.load(file);
    assertEquals(model.summary(), back.summary());
    assertEquals(model.layers(), back.layers());
    Lstm first = (Lstm) back.layers().get(1);
    assertEquals(Activation.RELU, first.activation());
    assertEquals(Activation.HARD_SIGMOID_CLASSIC, first.recurrentActivation());
    assertEquals(List.of(true, false, true, true), settings(first));
    assertEquals(List.of(false, true, false, false), settings((Lstm) back.layers().get(2)));
    assertArrayEquals(
        new float[] {1e-7f, 3e8f}, ((Normalization) back.layers().get(0)).deviation());
    for (int i = 0; i < model.weights().size(); i++) {
      Weight expected = model.weights().get(i);
      assertEquals(expected.name(), back.weights().get(i).name());
      assertArrayEquals(expected.value().toArray(), back.weights().get(i).value().toArray());
    }
    assertArrayEquals(model.predict(input()).toArray(), back.predict(input()).toArray());
  }

  private static List<Boolean> settings(Lstm lstm) {
    return List.of(
        lstm.useBias(), lstm.unitForgetBias(), lstm.returnSequences(), lstm.goBackwards());
  }

  /** Every other layer type with its settings away from their defaults, and an input for it. */
  static Stream<Arguments> others() {
    Tensor table = Tensor.arange(12).reshape(4, 3);
    Tensor ids = Tensor.ofInts(new int[][] {{0, 1, 2, 3, 3}, {3, 0, 0, 1, 0}});
    Lstm sequences = Lstm.builder(2).returnSequences(true).name("inner").build();
    Conv1d.Builder conv = Conv1d.builder(2, 3).padding(Conv1d.Padding.CAUSAL).useBias(false);
    return Stream.of(
        Arguments.of(
            Sequential.of(
                    Embedding.given(table).maskZero(true).trainable(false).inputLength(5).build(),
                    Bidirectional.of(sequences, Bidirectional.Merge.AVERAGE),
                    Flatten.of(),
                    Dense.of(1))
                .build(3),
            ids),
        Arguments.of(
            Sequential.of(
                    Masking.of(-1),
                    conv.strides(2).activation(Activation.TANH).build(),
                    Dropout.of(0.25),
                    Bidirectional.of(Lstm.of(2)),
                    Reshape.of(-1, 2))
                .build(4, 2, 3),
            input()),
        Arguments.of(
            Sequential.of(
                    Permute.of(2, 1),
                    conv.strides(1).dilation(2).channels(Conv1d.Channels.FIRST).build(),
                    Lstm.builder(3).returnSequences(true).zeroOutputForMask(true).build(),
                    Softmax.of())
                .build(4, 2, 3),
            input()),
        Arguments.of(
            Sequential.of(Lstm.of(3), RepeatVector.of(4), sequences, Dense.of(1)).build(2, 3),
            input()),
        Arguments.of(
            Sequential.of(
                    Gru.builder(3)
                        .dropout(0.25)
                        .recurrentDropout(0.5)
                        .learnedInitialState(true)
                        .kernelRegularizer(new Regularizer(0.25, 0.5))
                        .recurrentRegularizer(Regularizer.l2(0.125))
                        .build(),
                    Dense.builder(2).trainable(false).biasRegularizer(Regularizer.l1(0.75)).build())
                .build(2, 3),
            input()),
        Arguments.of(
            Sequential.of(
                    Masking.of(Float.NEGATIVE_INFINITY),
                    Softmax.of(Softmax.Axis.TIMESTEPS),
                    Masking.of(Float.NaN),
                    Softmax.of(Softmax.Axis.SAMPLE))
                .build(2, 3),
            input()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void loadsEveryLayer(Sequential model, Tensor x) throws IOException {
    ModelFile.save(model, file);
    Sequential back = ModelFile.load(file);
    Path again = directory.resolve("again.safetensors");
    ModelFile.save(back, again);
    assertEquals(-1, Files.mismatch(file, again));
    assertEquals(model.summary(), back.summary());
    assertEquals(model.timesteps(), back.timesteps());
    assertArrayEquals(model.predict(x).toArray(), back.predict(x).toArray());
  }

  @Test
  void savesTheSameBytesAgain() throws IOException {
    Path other = directory.resolve("other.safetensors");
    ModelFile.save(model(), file);
    ModelFile.save(ModelFile.load(file), other);
    assertEquals(-1, Files.mismatch(file, other));
  }

  @Test
  void isASafetensorsFileUnderKerasNames() {
    ModelFile.save(Sequential.of(Lstm.of(2), Dense.of(1)).build(3, 0), file);
    SafeTensors tensors = SafeTensors.read(file);
    assertEquals(
        List.of("lstm/kernel", "lstm/recurrent_kernel", "lstm/bias", "dense/kernel", "dense/bias"),
        List.copyOf(tensors.tensors().keySet()));
    assertEquals(
        "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Lstm\",\"name\":\"lstm\","
            + "\"units\":2,\"activation\":\"tanh\",\"recurrentActivation\":\"sigmoid\","
            + "\"useBias\":true,\"unitForgetBias\":true,\"returnSequences\":false,"
            + "\"goBackwards\":false,\"zeroOutputForMask\":false},{\"type\":\"Dense\",\"name\":\"dense\",\"units\":1,"
            + "\"activation\":\"linear\",\"useBias\":true}]}",
        tensors.metadata().get(KEY));
  }

  @Test
  void keepsMetadataOfOnesOwn() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("target", "temp_max");
    metadata.put("note", "ü \"quoted\"");
    ModelFile.save(model(), metadata, file);
    assertEquals(metadata, ModelFile.read(file).metadata());
  }

  @Test
  void refusesMetadataUnderItsOwnKeys() {
    refusedArgument(
        "ModelFile.save: metadata keys that begin with \"lanewise.\" are Lanewise's own,"
            + " got \"lanewise.x\"",
        () -> ModelFile.save(model(), Map.of("lanewise.x", ""), file));
  }

  @Test
  void refusesAModelThatIsNotBuilt() throws IOException {
    assertThrows(
        IllegalStateException.class, () -> ModelFile.save(Sequential.of(Lstm.of(2)), file));
    assertEquals(List.of(), Refusals.names(directory));
  }

  @Test
  void refusesAFileCutAtAnyByte() throws IOException {
    ModelFile.save(Sequential.of(Lstm.of(1), Dense.of(1)).build(1, 0), file);
    Refusals.everyCutIsRefused(file, directory, ModelFile::load);
  }

  @Test
  void readsOrRefusesAFileWithAChangedByte() throws IOException {
    ModelFile.save(Sequential.of(Lstm.of(1), Dense.of(1)).build(1, 0), file);
    Refusals.noChangeBreaksTheReader(file, directory, ModelFile::load);
  }

  @Test
  void refusesWeightsWithoutLayers() {
    SafeTensors.write(file, Map.of("lstm.weight_ih_l0", Tensor.zeros(8, 3)), Map.of());
    refused(
        file,
        ": expected a Lanewise model, with \"lanewise.architecture\" in its metadata,"
            + " got only the tensors lstm.weight_ih_l0;"
            + " the weights alone do not say which layers they belong to: give those as JSON,"
            + " ModelReader.read(file, config) or --config",
        () -> ModelFile.load(file));
  }

  private void dense(String architecture, String name, long... shape) {
    SafeTensors.write(file, Map.of(name, Tensor.zeros(shape)), Map.of(KEY, architecture));
  }

  private static String dense(int units) {
    return "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Dense\",\"name\":\"d\","
        + "\"units\":"
        + units
        + ",\"activation\":\"linear\",\"useBias\":false}]}";
  }

  @Test
  void refusesWeightsThatAreNotTheLayers() {
    dense(dense(2), "d/kernel", 3, 2);
    assertEquals(3, ModelFile.load(file).features());
    dense(dense(2), "d/kernel", 3, 4);
    refused(file, ", tensor \"d/kernel\": expected (3, 2), got (3, 4)", () -> ModelFile.load(file));
    dense(dense(2), "d/kernal", 3, 2);
    refused(
        file,
        ": expected a tensor \"d/kernel\", got d/kernal; did you mean \"d/kernal\"?",
        () -> ModelFile.load(file));
    SafeTensors.write(
        file,
        new LinkedHashMap<>(Map.of("d/kernel", Tensor.zeros(3, 2), "extra", Tensor.zeros(1))),
        Map.of(KEY, dense(2)));
    refused(
        file,
        ", tensor \"extra\": expected only the model's weights d/kernel, got one more",
        () -> ModelFile.load(file));
  }

  @Test
  void refusesHugeLayersBeforeAllocating() {
    dense(dense(2147483647), "d/kernel", 3, 2);
    refused(
        file,
        ", tensor \"d/kernel\": expected (3, 2147483647), got (3, 2)",
        () -> ModelFile.load(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|: expected JSON, got \"Unexpected end-of-input: expected close marker for Object\"",
        "[]|: expected an object, got []",
        "{}|: expected the key \"version\", got none",
        "{\"version\":3,\"features\":3,\"layers\":[]}|: expected version 1 or 2, got version 3;"
            + " the file was written by a newer Lanewise: use that one or a later one",
        "{\"version\":1,\"features\":0,\"layers\":[]}|: expected a whole number from 1 to"
            + " 2147483647 as \"features\", got 0",
        "{\"version\":1,\"features\":3,\"layers\":{}}|: expected an array of objects as"
            + " \"layers\", got an object",
        "{\"version\":1,\"features\":3,\"layers\":[3]}|, layers[0]: expected an object, got 3",
        "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Ran\",\"name\":\"g\"}]}|, layers[0]:"
            + " expected a layer type of Lstm, Gru, SimpleRnn, Dense, Embedding, Conv1d, Bidirectional, Masking,"
            + " Dropout, Flatten, Reshape, Permute, RepeatVector, Softmax, Normalization, LayerNormalization, BatchNormalization, Add, Average,"
            + " Multiply, Concatenate, MaxPooling1d, AveragePooling1d, GlobalMaxPooling1d, GlobalAveragePooling1d,"
            + " SpatialDropout1d, ActivationLayer, Relu, Elu, FeatureSlice, got \"Ran\"",
        "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Dense\",\"name\":\"\"}]}|,"
            + " layers[0]: expected a name that is not empty, got \"\"",
        "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Dense\",\"name\":\"d\",\"units\":1,"
            + "\"activation\":\"swish\"}]}|, layers[0]: expected an activation of LINEAR, SIGMOID,"
            + " TANH, RELU, HARD_SIGMOID, HARD_SIGMOID_CLASSIC, LEAKY_RELU, ELU, SELU, SOFTSIGN,"
            + " EXPONENTIAL, RELU6, HARD_TANH, SPARSE_SIGMOID, SPARSE_PLUS, HARD_SHRINK, SOFT_SHRINK,"
            + " SOFTPLUS, LOG_SIGMOID, SQUAREPLUS, TANH_SHRINK, SILU, HARD_SILU, GELU, GELU_TANH,"
            + " MISH, got \"swish\"",
        "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Dense\",\"name\":\"d\",\"units\":1,"
            + "\"activation\":\"tanh\",\"useBias\":\"no\"}]}|, layers[0]: expected true or false as"
            + " \"useBias\", got \"no\"",
        "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Dense\",\"name\":\"d\",\"rate\":1}]}|,"
            + " layers[0]: expected only the keys type, name, units, activation, useBias, trainable, kernelRegularizer, biasRegularizer, got"
            + " \"rate\"",
        "{\"version\":1,\"features\":3,\"layers\":[{\"type\":\"Dense\",\"name\":\"d\",\"units\":1,"
            + "\"kernelRegularizer\":{\"l3\":1}}]}|, layers[0], kernelRegularizer: expected only the"
            + " keys l1, l2, got \"l3\"",
      })
  void refusesAMalformedArchitecture(String architecture, String message) {
    dense(architecture, "d/kernel", 3, 2);
    refused(file, ", " + KEY + message, () -> ModelFile.load(file));
  }

  @Test
  void refusesLayersThatDoNotFitTogether() {
    SafeTensors.write(
        file,
        Map.of("d/kernel", Tensor.zeros(2, 2)),
        Map.of(
            KEY,
            dense(2)
                .replace("\"features\":3", "\"features\":2")
                .replaceFirst("\\[(.*)]", "[$1,$1]")));
    FormatException e = assertThrows(FormatException.class, () -> ModelFile.load(file));
    assertEquals("layers that fit together", e.expected());
  }

  @Test
  void leavesTheOldFileWholeWhenItCannotBeReplaced() throws IOException {
    ModelFile.save(model(), file);
    byte[] old = Files.readAllBytes(file);
    assertThrows(
        FormatException.class, () -> ModelFile.save(model(), file.resolve("below-a-file")));
    assertArrayEquals(old, Files.readAllBytes(file));
    assertEquals(List.of("m.safetensors"), Refusals.names(directory));
  }

  /** JSON has no such numbers. */
  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        -0f,
        Float.MIN_VALUE,
        Float.MAX_VALUE
      })
  void keepsAnyMaskValue(float value) {
    Path file = directory.resolve("mask.safetensors");
    ModelFile.save(Sequential.of(Masking.of(value), Lstm.of(2)).build(3, 1), file);
    assertEquals(value, ModelFile.load(file).maskValue());
  }
}
