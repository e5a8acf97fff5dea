package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Model;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of PyTorch 1.13 that {@code make_statedict_files.py} made, from their tensors alone. */
class StateDictTest {
  private static final Path FILES = Resources.resource("statedict");
  private static final float TOLERANCE = 2e-6f;

  @TempDir Path directory;

  static Stream<Arguments> cases() throws IOException {
    return Files.readAllLines(FILES.resolve("cases.csv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(";", -1))
        .map(parts -> Arguments.of(parts[0], parts[1]));
  }

  @Test
  void thereAreEnough() throws IOException {
    assertTrue(cases().count() >= 20);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheNumbersOfPyTorch(String name, String layers) {
    check(name, read(FILES.resolve(name + ".safetensors"), layers).model());
  }

  /** What torch.save wrote, by turns a zip and the format of before 1.6. */
  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameBitsFromEachFormat(String name, String layers) {
    List<Weight> expected = read(name, layers).model().weights();
    ModelReader.Contents contents = read(FILES.resolve(name + ".pt"), layers);
    assertEquals("PyTorch state_dict", contents.format());
    List<Weight> got = contents.model().weights();
    assertEquals(expected.toString(), got.toString());
    for (int i = 0; i < got.size(); i++) {
      assertTrue(expected.get(i).value().arrayEqual(got.get(i).value()), got.get(i)::toString);
    }
  }

  private static void check(String name, Model model) {
    Map<String, Tensor> golden = Npz.read(FILES.resolve(name + ".npz"));
    Predictor predictor = model.predictor();
    Tensor x = of(golden, "x");
    if (!golden.containsKey("h_n")) {
      assertArrayEquals(of(golden, "y").toArray(), predictor.predict(x).toArray(), TOLERANCE);
      return;
    }
    Prediction predicted =
        golden.containsKey("h0")
            ? predictor.predictWithState(
                x, new StreamState(states(golden, "h0"), states(golden, "c0")))
            : predictor.predictWithState(x);
    assertArrayEquals(of(golden, "y").toArray(), predicted.y().toArray(), TOLERANCE, "y");
    check(states(golden, "h_n"), predicted.state().h());
    check(states(golden, "c_n"), predicted.state().c());
  }

  private static void check(List<Tensor> expected, List<Tensor> got) {
    assertEquals(expected.size(), got.size());
    for (int i = 0; i < got.size(); i++) {
      assertArrayEquals(expected.get(i).toArray(), got.get(i).toArray(), TOLERANCE, "state " + i);
    }
  }

  private static List<Tensor> states(Map<String, Tensor> golden, String key) {
    List<Tensor> states = new ArrayList<>();
    Tensor all = golden.get(key);
    for (int i = 0; all != null && i < all.dim(0); i++) {
      states.add(all.select(0, i).copy());
    }
    return states;
  }

  private static Tensor of(Map<String, Tensor> golden, String key) {
    return Objects.requireNonNull(golden.get(key), key);
  }

  private static ModelReader.Contents read(Path file, String layers) {
    return ModelReader.read(file, LoadOptions.builder().layers(layers).build());
  }

  private static ModelReader.Contents read(String name, String layers) {
    return read(FILES.resolve(name + ".safetensors"), layers);
  }

  @Test
  void saysWhatItTook() {
    assertEquals(List.of(), read("lstm", "").notes());
    assertEquals(List.of("it is taken with nonlinearity='tanh'"), read("rnn_tanh", "").notes());
    assertEquals(
        List.of(
            "\"norm\" is taken with eps=1e-05",
            "each timestep has an output, the last of which is out[:, -1]"),
        read("normed", "").notes());
    assertEquals("PyTorch state_dict, safetensors", read("lstm", "").format());
  }

  /** The layers have the names of the modules. */
  @Test
  void takesOurJsonOfTheLayers() throws IOException {
    Path json = directory.resolve("layers.json");
    Files.writeString(
        json,
        """
        {"version": 2,
         "inputs": [{"name": "words", "kind": "ids", "timesteps": 6}],
         "layers": [
           {"type": "Embedding", "name": "table", "vocabulary": 7, "dimension": 4},
           {"type": "Bidirectional", "name": "gru", "layer":
             {"type": "Gru", "name": "", "units": 3}, "merge": "concat"},
           {"type": "Dense", "name": "out", "units": 3},
           {"type": "Softmax", "name": "soft"}],
         "calls": [{"layer": "table", "in": [0]}, {"layer": "gru", "in": [1]},
                   {"layer": "out", "in": [2]}, {"layer": "soft", "in": [5]}],
         "outputs": [{"name": "class", "value": 6}]}
        """);
    check("both_states", ModelReader.read(FILES.resolve("both_states.safetensors"), json).model());
  }

  @Test
  void writesItAsOurs() {
    Path file = directory.resolve("ours.safetensors");
    ModelFile.save(read("lstm_levels_both", "").model(), file);
    check("lstm_levels_both", ModelReader.read(file).model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // not evident
        "two_linear;;expected an activation between two affine modules, got gru GRU(3, 4), fc1"
            + " Linear(4, 5), fc2 Linear(5, 2); what its forward() does is not in the file: say it,"
            + " such as --layers \"gru:last,fc1:relu,fc2\", or give our JSON of the layers with"
            + " these names as --config",
        "flattened;;expected modules that fit in one order alone, got fc Linear(10, 2), lstm"
            + " LSTM(3, 2); what its",
        // --layers
        "two_linear;gru,fc1;expected each module of the file, also fc2 Linear(5, 2), got"
            + " \"gru,fc1\"; \"fc2:unused\" leaves it out",
        "two_linear;gru,fc1,fc;got \"fc\"; did you mean \"fc1\"?",
        "two_linear;gru,fc1,fc1;each module once, got \"fc1\" twice",
        "two_linear;gru:lats,fc1,fc2;--layers, \"gru:lats\": expected one of unused, last, h_n, got"
            + " \"lats\"; did you mean \"last\"?",
        "both_states;table,gru:last,out;expected h_n of a bidirectional module: the last state of"
            + " each direction, got last; out[:, -1] has of the reverse direction its first step",
        "convolved;conv:padding=2,bn,lstm,fc;expected padding=0, padding=same or padding=causal, or"
            + " 1, which is same, got 2",
        "convolved;conv:stride=x,bn,lstm,fc;expected a number for stride, got \"x\"",
        "last_step;fc,lstm;expected",
      })
  void refuses(String name, String layers, String message) {
    String text = layers == null ? "" : layers;
    FormatException e = assertThrows(FormatException.class, () -> read(name, text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().contains(name + ".safetensors"), e.getMessage());
  }

  @Test
  void refusesTensorsOfOtherModules() {
    refuses(
        Map.of("a.in_proj_weight", Tensor.zeros(3, 1), "a.in_proj_bias", Tensor.zeros(3)),
        "module \"a\": expected the tensors of an nn.LSTM, GRU, RNN, Linear, Embedding, Conv1d,"
            + " BatchNorm1d or LayerNorm, got in_proj");
    Map<String, Tensor> lstm = lstm(8, 3, 2);
    lstm.remove("weight_hh_l0");
    refuses(lstm, "the tensors: expected the tensors of an nn.LSTM");
    refuses(lstm(7, 3, 2), "expected weight_hh with 4, 3 or 1 times 2 rows");
    lstm = lstm(8, 3, 2);
    lstm.put("bias_ih_l0", Tensor.zeros(8));
    refuses(lstm, "tensor \"bias_hh_l0\": expected (8) of an LSTM(3, 2), got none");
    lstm = lstm(8, 3, 2);
    lstm.put("weight_ih_l2", Tensor.zeros(8, 2));
    refuses(lstm, "tensor \"weight_ih_l2\": expected none of that name in an LSTM(3, 2, bias=F");
    lstm = lstm(8, 3, 2);
    lstm.put("lin.weight_g", Tensor.zeros(2));
    refuses(lstm, "torch.nn.utils.remove_weight_norm(module) before saving");
  }

  private static Map<String, Tensor> lstm(int rows, int features, int units) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weight_ih_l0", Tensor.zeros(rows, features));
    tensors.put("weight_hh_l0", Tensor.zeros(rows, units));
    return tensors;
  }

  private void refuses(Map<String, Tensor> tensors, String message) {
    Path file = directory.resolve("other.safetensors");
    SafeTensors.write(file, tensors, Map.of());
    FormatException e = assertThrows(FormatException.class, () -> ModelReader.read(file));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  /** Numbered names are in order, as in nn.Sequential, where another order would fit too. */
  @Test
  void takesNumberedModulesInTheirOrder() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("net.0.weight", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    tensors.put("net.0.bias", Tensor.zeros(2));
    lstm(8, 2, 2).forEach((name, tensor) -> tensors.put("net.1." + name, tensor));
    Path file = directory.resolve("numbered.safetensors");
    SafeTensors.write(file, tensors, Map.of());
    ModelReader.Contents contents = ModelReader.read(file);
    assertEquals(
        "the modules are called in the order of the file, net.0, net.1",
        contents.notes().getFirst());
    Sequential model = contents.sequential();
    assertEquals(List.of("net.0", "net.1"), model.layers().stream().map(l -> l.name()).toList());
    assertArrayEquals(new float[] {1, 3, 2, 4}, model.weights().getFirst().value().toArray());
  }
}
