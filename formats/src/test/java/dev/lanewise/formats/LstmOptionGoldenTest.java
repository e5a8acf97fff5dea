package dev.lanewise.formats;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.CustomOptimizer;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Lstm;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.lstm.UpdateRule;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The options of an LSTM against PyTorch 1.13 and ONNX Runtime 1.30, and activations that need
 * their input against Keras 3.15: the files that {@code make_lstm_option_goldens.py} made.
 */
class LstmOptionGoldenTest {
  private static final Path FILES = Path.of("src/test/resources/lstm-options");
  private static final float TOLERANCE = 2e-6f;
  private static final float OF_GRADIENTS = 1e-5f;

  /** Each weight becomes its gradient. */
  private static final class Gradients implements UpdateRule {
    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public void update(
        long step,
        double learningRate,
        long from,
        long n,
        MemorySegment gradients,
        List<MemorySegment> slots,
        MemorySegment weights) {
      for (long i = from; i < from + n; i++) {
        weights.setAtIndex(JAVA_FLOAT, i, gradients.getAtIndex(JAVA_FLOAT, i));
      }
    }
  }

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void allLibrariesAreThere() throws IOException {
    assertEquals(10, names().stream().filter(name -> name.startsWith("onnx")).count());
    assertEquals(4, names().stream().filter(name -> name.startsWith("torch")).count());
    assertEquals(9, names().stream().filter(name -> name.startsWith("keras")).count());
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheirNumbersAndTheirGradients(String name) {
    Map<String, Tensor> golden = Npz.read(FILES.resolve(name));
    String[] words = name.replace(".npz", "").split("_", -1);
    int layers = Integer.parseInt(words[2]);
    int directions = Integer.parseInt(words[3]);
    List<Layer> stack = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Recurrent one = layer(words[1], words[4]);
      stack.add(directions == 2 ? Bidirectional.of(one) : one);
    }
    Sequential model = Sequential.of(stack).buildZeros((int) of(golden, "x").dim(2));
    for (Weight weight : model.weights()) {
      weight.set(of(golden, key(model, weight.name())));
    }
    check(golden, model, layers * directions);
    if (golden.containsKey("t")) {
      checkGradients(golden, model);
    }
  }

  private static void check(Map<String, Tensor> golden, Sequential model, int states) {
    Predictor predictor = model.predictor();
    Tensor x = of(golden, "x");
    Prediction predicted =
        golden.containsKey("h0")
            ? predictor.predictWithState(
                x, new StreamState(rows(of(golden, "h0")), rows(of(golden, "c0"))))
            : predictor.predictWithState(x);
    assertArrayEquals(of(golden, "y").toArray(), predicted.y().toArray(), TOLERANCE, "y");
    check("h", of(golden, "h"), predicted.state().h(), states);
    if (golden.containsKey("c")) {
      check("c", of(golden, "c"), predicted.state().c(), states);
    }
  }

  private static void check(String what, Tensor expected, List<Tensor> actual, int states) {
    assertEquals(states, actual.size());
    for (int i = 0; i < states; i++) {
      float[] wanted = expected.select(0, i).toArray();
      assertArrayEquals(wanted, actual.get(i).toArray(), TOLERANCE, what + " " + i);
    }
  }

  private static List<Tensor> rows(Tensor states) {
    return IntStream.range(0, (int) states.dim(0))
        .mapToObj(i -> states.select(0, i).copy())
        .toList();
  }

  private static void checkGradients(Map<String, Tensor> golden, Sequential model) {
    model.compile(CustomOptimizer.of(new Gradients(), 1), Loss.MEAN_SQUARED_ERROR);
    model.fit(of(golden, "x"), of(golden, "t"), FitOptions.builder().epochs(1).build());
    for (Weight weight : model.weights()) {
      float[] expected = of(golden, "d" + key(model, weight.name())).toArray();
      assertArrayEquals(expected, weight.value().toArray(), OF_GRADIENTS, weight.name());
    }
  }

  private static Tensor of(Map<String, Tensor> golden, String key) {
    return Objects.requireNonNull(golden.get(key), key);
  }

  private static Recurrent layer(String kind, String variant) {
    int units = 5;
    List<String> words = List.of(variant.split("-", -1));
    Recurrent.Builder<?> builder;
    if (kind.equals("gru")) {
      Gru.Builder gru = Gru.builder(units).resetAfter(!words.contains("before"));
      builder = words.contains("mish") ? gru.recurrentActivation(Activation.MISH) : gru;
    } else {
      Lstm.Builder lstm =
          Lstm.builder(units)
              .peepholes(words.contains("peepholes"))
              .coupledGates(words.contains("coupled"))
              .clip(words.contains("clip") ? 0.75f : Float.POSITIVE_INFINITY)
              .projection(words.contains("projection") ? 3 : 0);
      builder = words.contains("mish") ? lstm.recurrentActivation(Activation.MISH) : lstm;
    }
    if (words.contains("gelu") || words.contains("silu")) {
      builder.activation(Activation.valueOf(words.getFirst().toUpperCase(Locale.ROOT)));
    }
    return builder.returnSequences(true).build();
  }

  /** The file's name of a weight: a letter, the layer and the direction. */
  private static String key(Sequential model, String weight) {
    List<String> names = model.layers().stream().map(Layer::name).toList();
    String layer = weight.substring(0, weight.indexOf('/'));
    String letter =
        switch (weight.substring(weight.lastIndexOf('/') + 1)) {
          case "kernel" -> "W";
          case "recurrent_kernel" -> "U";
          case "peephole" -> "P";
          case "projection_kernel" -> "R";
          default -> "b";
        };
    int direction = weight.contains("/backward/") ? 1 : 0;
    return letter + "." + names.indexOf(layer) + "." + direction;
  }
}
