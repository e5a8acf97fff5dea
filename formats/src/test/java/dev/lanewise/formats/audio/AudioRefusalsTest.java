package dev.lanewise.formats.audio;

import static dev.lanewise.formats.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.formats.FormatException;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused of audio networks, word for word. */
class AudioRefusalsTest {
  private static final String DENSE =
      "{'type': 'dense', 'activation': '', 'shape': [null, null, 1], 'weights': [[[2]], [0.5]]}";
  private static final String LSTM_KEYS =
      "'rec.weight_ih_l0': [[1], [2], [3], [4]], 'rec.weight_hh_l0': [[1], [2], [3], [4]]";
  private static final String LINEAR = "'lin.weight': [[1]]";
  private static final String REBUILD = "; build and train it again of layers that are there";

  private static final String TORCH =
      "LSTMs and GRUs of one direction, then one linear layer or none";

  @TempDir Path directory;

  private Path written(String json) throws IOException {
    return Files.writeString(directory.resolve("net.json"), json.replace('\'', '"'));
  }

  private static String layers(String layers) {
    return "{'in_shape': [null, null, 1], 'layers': [" + layers + "]}";
  }

  private static String around(String more) {
    return "{'in_shape': [null, null, 1], 'layers': [" + DENSE + "], " + more + "}";
  }

  private static String guitar(String data) {
    return "{'model_data': {" + data + "}, 'state_dict': {" + LSTM_KEYS + ", " + LINEAR + "}}";
  }

  private static String nam(String more) {
    String sizes = "'input_size': 1, 'hidden_size': 1, 'num_layers': 1";
    return "{'version': '0.5.4', 'architecture': 'LSTM', 'config': {"
        + sizes
        + more
        + "}, 'weights': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]}";
  }

  private static Arguments of(String json, String message) {
    return Arguments.of(json, message);
  }

  static List<Arguments> refusals() {
    return List.of(
        of(
            "{'a': 1, 'b': 2}",
            ": expected an audio network: \"layers\" (RTNeural), \"state_dict\" or torch's tensors,"
                + " or \"architecture\" (NAM), got the keys a, b"),
        of(
            layers("{'type': 'prelu', 'shape': [null, 1], 'weights': []}"),
            ", layers[0]: expected a layer of lstm, gru, dense, time-distributed-dense, conv1d,"
                + " batchnorm, activation, got \"prelu\""
                + REBUILD),
        of(layers(""), ": expected one layer or more, got none"),
        of(
            layers(DENSE.replace("''", "'selu'")),
            ", layers[0]: expected as \"activation\" one of linear, tanh, relu, sigmoid, elu,"
                + " softmax, got \"selu\""),
        of(
            layers(
                "{'type': 'lstm', 'activation': 'relu', 'shape': [1], 'weights': [[1],[1],[1]]}"),
            ", layers[0]: expected as \"activation\" one of tanh, got \"relu\""),
        of(
            layers(DENSE.replace("}", ", 'alpha': 0.3}")),
            ", layers[0]: expected only the keys type, activation, shape, weights, got \"alpha\","
                + " which may change what it computes; remove the key if it does not"),
        of(
            around("'dc_offset': 0.1"),
            ": expected only the keys in_shape, layers, in_skip, in_gain, out_gain, input_batch,"
                + " output_batch, samplerate, metadata, got \"dc_offset\", which may change what it"
                + " computes; remove the key if it does not"),
        of(around("'in_skip': 2"), ": expected a whole number from 0 to 1 as \"in_skip\", got 2"),
        of(
            layers(DENSE.replace("[[2]]", "[[2, 3]]")),
            ", layers[0], weights[0]: expected (1, 1), got (1, 2)"),
        of(
            layers(DENSE.replace("[[2]]", "[[2], [3, 4]]")),
            ", layers[0], weights[0]: expected (2, 1) numbers, as its first arrays are long, got"
                + " others"),
        of(
            layers(DENSE.replace("[[2]]", "[[[[2]]]]")),
            ", layers[0], weights[0]: expected numbers in arrays of one to three axes, got more"
                + " axes"),
        of(
            layers(DENSE.replace("[[2]]", "[]")),
            ", layers[0], weights[0]: expected numbers in arrays of one to three axes, got an empty"
                + " array"),
        of(
            layers(DENSE.replace("[[2]]", "['a']")),
            ", layers[0], weights[0]: expected numbers in arrays of one to three axes, got"
                + " something else in them"),
        of(
            layers(DENSE.replace("[[2]]", "3")),
            ", layers[0], weights[0]: expected numbers in arrays of one to three axes, got a number"
                + " alone"),
        of(
            layers(DENSE.replace("[[[2]], [0.5]]", "7")),
            ", layers[0], weights: expected numbers in arrays of one to three axes, got no array"),
        of(
            layers(DENSE.replace("[[2]]", "[[1e39]]")),
            ", layers[0], weights[0], element 0: expected a number within float32, at most"
                + " 3.4028235e38, got 1e39; scale the data first"),
        of(
            layers(DENSE.replace("[[2]]", "[[NaN]]")),
            ", weight \"dense/kernel\": expected finite numbers, got NaN at [0, 0]; the training"
                + " ran away: save the model of before. To load it all the same:"
                + " LoadOptions.builder().allowNan(true), or --allow-nan"),
        of(
            layers(DENSE.replace("[[[2]], [0.5]]", "[]")),
            ", layers[0]: expected a kernel, and a bias or none, as \"weights\", got 0"),
        of(
            layers("{'type': 'gru', 'shape': [1], 'weights': [[1],[1]]}"),
            ", layers[0]: expected a kernel, a recurrent kernel and a bias as \"weights\", got 2"),
        of(
            layers("{'type': 'batchnorm', 'epsilon': 1, 'shape': [1], 'weights': [[1],[1],[1]]}"),
            ", layers[0]: expected [gamma, beta, mean, variance] or [mean, variance] as"
                + " \"weights\", got 3"),
        of(
            layers(
                "{'type': 'batchnorm', 'activation': 'relu', 'epsilon': 1, 'shape': [1],"
                    + " 'weights': [[1],[1]]}"),
            ", layers[0]: expected none as \"activation\", got relu" + REBUILD),
        of(
            layers("{'type': 'activation', 'activation': 'tanh', 'weights': [[1]]}"),
            ", layers[0]: expected none as \"weights\", got 1"),
        of(
            layers(
                "{'type': 'conv1d', 'kernel_size': [1], 'dilation': [1], 'groups': 2, 'shape': [1],"
                    + " 'weights': [[[[1]]]]}"),
            ", layers[0]: expected 1 as \"groups\", got 2" + REBUILD),
        of(
            layers(
                "{'type': 'conv1d', 'kernel_size': [1], 'dilation': [1], 'padding': 'same',"
                    + " 'shape': [1], 'weights': [[[[1]]]]}"),
            ", layers[0]: expected as \"padding\" one of causal, got \"same\""),
        of(
            layers(DENSE.replace("[null, null, 1]", "[null]")),
            ", layers[0]: expected lengths of up to three axes, the last one 1 or more, as"
                + " \"shape\", got [null]"),
        of(
            around("'input_batch': [1, 2], 'output_batch': [2.5, 4.6]"),
            ", output_batch[1]: expected 4.6, within 1.0E-4, got 4.5 of these weights; the samples"
                + " or the weights were changed: export the model again, or remove \"input_batch\""
                + " and \"output_batch\""),
        of(
            around("'input_batch': [1, 2], 'output_batch': [2.5]"),
            ": expected as many numbers in \"output_batch\" as in \"input_batch\", got 1 and 2"),
        of(
            around("'input_batch': [1, 2]"),
            ": expected \"output_batch\" beside \"input_batch\", got none"),
        of(
            around("'input_batch': [[1, 2]], 'output_batch': [2.5, 4.5]"),
            ", input_batch: expected (2), got (1, 2)"),
        of(
            around("'in_skip': 1")
                .replace("null, 1], 'weights': [[[2]]", "null, 2], 'weights': [[[2, 2]]"),
            ": expected one output with \"in_skip\", got 2 outputs"),
        of(
            "{'in_shape': [500000000], 'in_gain': 3, 'layers': [{'type': 'activation', 'activation':"
                + " 'tanh', 'shape': [1], 'weights': []}]}",
            ": expected at most 16 inputs with \"in_gain\", got 500000000"),
        of(
            around("'in_skip': 1").replace("null, 1], 'layers'", "null, 500000000], 'layers'"),
            ": expected at most 16 inputs with \"in_skip\", got 500000000"),
        of(
            "{'state_dict': {" + LINEAR + "}}",
            ", state_dict: expected " + TORCH + ", got lin (Dense)" + REBUILD),
        of(
            "{" + LSTM_KEYS + ", 'rec.weight_ih_l0_reverse': [[1]]}",
            ": expected only the keys rec.weight_ih_l0, rec.weight_hh_l0, got"
                + " \"rec.weight_ih_l0_reverse\", which may change what it computes; remove the key"
                + " if it does not"),
        of(
            "{'state_dict': {" + LSTM_KEYS + ", 'norm.gamma': [1]}}",
            ", module \"norm\": expected the tensors of an nn.LSTM, GRU, RNN, Linear, Embedding,"
                + " Conv1d, BatchNorm1d or LayerNorm, got gamma (1)"),
        of(
            "{" + LSTM_KEYS + ", 'a.weight': [[1]], 'b.weight': [[1]]}",
            ": expected " + TORCH + ", got rec (Lstm), a (Dense), b (Dense)" + REBUILD),
        of(
            "{'z.weight': [[1]], " + LSTM_KEYS + "}",
            ": expected " + TORCH + ", got z (Dense), rec (Lstm)" + REBUILD),
        of(
            "{'state_dict': {'rnn.weight_ih_l0': [[1]], 'rnn.weight_hh_l0': [[1]]}}",
            ", state_dict: expected " + TORCH + ", got rnn (SimpleRnn)" + REBUILD),
        of(
            "{'state_dict': {"
                + LSTM_KEYS
                + ", "
                + LSTM_KEYS.replace("l0", "l0_reverse")
                + ", 'lin.weight': [[1, 1]]}}",
            ", state_dict: expected " + TORCH + ", got rec (Bidirectional), lin (Dense)" + REBUILD),
        of(
            "{" + LSTM_KEYS + ", 'lin.weight': [[1, 1]]}",
            ", weight \"lin/kernel\": expected (1, 1), got (2, 1) from lin.weight"),
        of(
            "{'rec.weight_ih_l0': [[1]]}",
            ", module \"rec\": expected the tensors of an nn.LSTM, GRU, RNN, Linear, Embedding,"
                + " Conv1d, BatchNorm1d or LayerNorm, got weight_ih_l0 (1, 1)"),
        of(
            "{'rec.weight_ih_l0': [[1]], 'rec.weight_hh_l0': [[1], [2]]}",
            ", module \"rec\": expected weight_hh with 4, 3 or 1 times 1 rows, of an LSTM, a GRU"
                + " or an RNN, got (2, 1)"),
        of(
            "{'rec.weight_ih_l0': [[1], [2]], 'rec.weight_hh_l0': [[1], [2], [3]]}",
            ", tensor \"rec.weight_ih_l0\": expected (3, 1) of an GRU(1, 1, bias=False), got"
                + " (2, 1)"),
        of(
            guitar("'model': 'ConvNet'"),
            ", model_data: expected as \"model\" one of SimpleRNN, RecNet, got \"ConvNet\""),
        of(
            guitar("'unit_type': 'RNN'"),
            ", model_data: expected as \"unit_type\" one of LSTM, GRU, got \"RNN\""),
        of(
            guitar("'unit_type': 'GRU'"),
            ", model_data: expected LSTM as \"unit_type\", as its tensors have, got GRU"),
        of(
            guitar("'hidden_size': 40"),
            ", model_data: expected 1 as \"hidden_size\", as its tensors have, got 40"),
        of(
            guitar("'bias_fl': true"),
            ", model_data: expected false as \"bias_fl\", as its tensors have, got true"),
        of(
            guitar("'skip': 1").replace("[[1]]}", "[[1], [2]]}"),
            ", model_data: expected one output with \"skip\", got 2 outputs"),
        of(
            nam("").replace("'LSTM'", "'WaveNet'"),
            ": expected \"LSTM\" as \"architecture\", got WaveNet; of Neural Amp Modeler only the"
                + " LSTMs are read: train it again with that architecture"),
        of(
            nam("").replace("0.5.4", "1.5.4"),
            ": expected as \"version\" one of 0.5, 0.6, 0.7, got \"1.5.4\""),
        of(nam("").replace("15]", "15, 16]"), ", weights: expected (16), got (17)"),
        of(
            nam("").replace("num_layers': 1", "num_layers': 2"),
            ", weights: expected (30), got (16)"),
        of(
            nam(", 'in_channels': 2"),
            ", config: expected 1, the input_size, as \"in_channels\", got 2" + REBUILD),
        of(
            nam(", 'activation': 1"),
            ", config: expected only the keys input_size, hidden_size, num_layers, in_channels,"
                + " out_channels, got \"activation\", which may change what it computes; remove the"
                + " key if it does not"),
        of(
            nam("").replace("hidden_size': 1", "hidden_size': 0"),
            ", config: expected a whole number from 1 to 1048576 as \"hidden_size\", got 0"),
        of(
            guitar("'clip': 1"),
            ", model_data: expected only the keys model, skip, unit_type, bias_fl, input_size,"
                + " output_size, hidden_size, num_layers, got \"clip\", which may change what it"
                + " computes; remove the key if it does not"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysWhatIsWrong(String json, String message) throws IOException {
    Path file = written(json);
    refused(file, message, () -> AudioModel.read(file, false));
  }

  @Test
  void takesTheLinearLayerAsTheLastOfSortedNames() throws IOException {
    Path sorted =
        written(
            "{'a.weight': [[2]], 'rec.weight_hh_l0': [[1], [2], [3], [4]], 'rec.weight_ih_l0':"
                + " [[1], [2], [3], [4]]}");
    Sequential model = (Sequential) AudioModel.read(sorted, false).model();
    assertEquals(List.of("lstm", "dense"), model.layers().stream().map(Layer::name).toList());
    Path made = written("{" + LSTM_KEYS + ", 'a.weight': [[2]]}");
    Tensor x = Tensor.of(new float[] {1, -2, 3}, 1, 3, 1);
    Sequential other = (Sequential) AudioModel.read(made, false).model();
    assertTrue(model.predict(x).arrayEqual(other.predict(x)));
  }

  /** The gains and the skip are layers too, which have such names. */
  @Test
  void takesModulesOfAnyName() throws IOException {
    String knob = guitar("'skip': 1").replace("ih_l0': [[1], [2]", "ih_l0': [[1, 5], [2, 6]");
    String plain = knob.replace("[3], [4]], 'rec.weight_hh", "[3, 7], [4, 8]], 'rec.weight_hh");
    Tensor x = Tensor.of(new float[] {1, -2, 3, 4}, 1, 2, 2);
    Tensor y = predicted(plain, x);
    for (String name : List.of("skip", "input_gain", "output_gain")) {
      assertTrue(predicted(plain.replace("'lin.", "'" + name + "."), x).arrayEqual(y), name);
    }
  }

  private Tensor predicted(String json, Tensor x) throws IOException {
    try (Predictor predictor = AudioModel.read(written(json), false).model().predictor()) {
      return predictor.predict(x);
    }
  }

  @Test
  void takesProjections() throws IOException {
    String two = "[[1], [2], [3], [4], [5], [6], [7], [8]]";
    Path file =
        written(
            "{'model_data': {'hidden_size': 2, 'output_size': 1}, 'state_dict': {'rec.weight_ih_l0':"
                + (two + ", 'rec.weight_hh_l0': " + two)
                + ", 'rec.weight_hr_l0': [[1, 2]]}}");
    Weight projection = AudioModel.read(file, false).model().weights().getLast();
    assertEquals("lstm/projection_kernel", projection.name());
    assertTrue(projection.value().arrayEqual(Tensor.of(new float[] {1, 2}, 2, 1)));
  }

  @Test
  void readsNumbersThatAreNotFiniteWhereThatIsAllowed() throws IOException {
    for (String number : List.of("NaN", "Infinity", "-Infinity", "-INF", "+INF")) {
      Path file = written(layers(DENSE.replace("[[2]]", "[[" + number + "]]")));
      Model model = AudioModel.read(file, true).model();
      assertTrue(!Float.isFinite(model.weights().getFirst().value().get(0, 0)), number);
    }
  }

  /** In no time and little memory, whatever the file says. */
  @Test
  void triesFewSamplesOfALargeNetwork() throws IOException {
    String activation = "{'type': 'activation', 'activation': 'tanh', 'shape': [1], 'weights': []}";
    String layers = String.join(",", Collections.nCopies(1000, activation));
    String samples = String.join(",", Collections.nCopies(100_000, "0"));
    String wide = String.join(",", Collections.nCopies(10_000, "0"));
    String dense =
        DENSE.replace("1], 'w", "10000], 'w").replace("[[2]], [0.5]", "[[" + wide + "]]");
    String back = wide.replace("0", "[0]");
    String end = DENSE.replace("[[2]], [0.5]", "[" + back + "], [0.5]");
    Path file =
        written(
            layers(dense + "," + layers + "," + end)
                .replace("'in_shape'", "'input_batch': [%s], 'output_batch': [%s], 'in_shape'")
                .formatted(samples, samples));
    assertTimeout(
        Duration.ofSeconds(20),
        () -> assertThrows(FormatException.class, () -> AudioModel.read(file, false)));
  }

  @Test
  void takesAsManyLayersAsAnyModelHas() throws IOException {
    String activation = "{'type': 'activation', 'activation': 'tanh', 'shape': [1], 'weights': []}";
    String most = String.join(",", Collections.nCopies(4096, activation));
    Path file = written(layers(most).replace("'in_shape'", "'in_skip': 1, 'in_shape'"));
    assertEquals(4097, AudioModel.read(file, false).model().layers().size());
    Path more = written(layers(most + "," + activation));
    refused(
        more,
        ", layers: expected a model of at most 4096 layers, got 4097",
        () -> AudioModel.read(more, false));
    StringBuilder modules = new StringBuilder("{");
    for (int i = 0; i <= 4096; i++) {
      String name = (i == 0 ? "" : ",") + "'m" + i + ".weight_";
      modules.append(name + "ih_l0': [[1], [1], [1]]," + name.substring(i == 0 ? 0 : 1));
      modules.append("hh_l0': [[1], [1], [1]]");
    }
    Path torch = written(modules + "}");
    refused(
        torch,
        ": expected a model of at most 4096 layers, got 4097",
        () -> AudioModel.read(torch, false));
  }

  @Test
  void readsManyKeysInNoTime() throws IOException {
    StringBuilder keys = new StringBuilder("'a': 'b'");
    for (int i = 0; i < 200_000; i++) {
      keys.append(", 'k").append(i).append("': ''");
    }
    Path file = written(around(keys.toString()));
    assertTimeout(Duration.ofSeconds(20), () -> AudioModel.read(file, false));
  }

  @Test
  void takesAConvolutionFarApartWithItsSamples() throws IOException {
    Path file =
        written(
            "{'in_shape': [1], 'input_batch': [1, 2], 'output_batch': [3, 6], 'layers': [{'type':"
                + " 'conv1d', 'kernel_size': 2, 'dilation': 1048576, 'shape': [1], 'weights':"
                + " [[[[1]], [[3]]]]}]}");
    Sequential model = (Sequential) AudioModel.read(file, false).model();
    Tensor y = model.predict(Tensor.of(new float[] {2, 1}, 1, 2, 1));
    assertTrue(y.arrayEqual(Tensor.of(new float[] {6, 3}, 1, 2, 1)));
  }
}
