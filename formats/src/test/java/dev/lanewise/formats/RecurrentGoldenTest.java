package dev.lanewise.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.Bidirectional;
import dev.lanewise.lstm.Gru;
import dev.lanewise.lstm.Layer;
import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Recurrent;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.SimpleRnn;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * GRU and SimpleRnn against PyTorch 1.13 and ONNX Runtime 1.30: the files that {@code
 * make_recurrent_goldens.py} made.
 */
class RecurrentGoldenTest {
  private static final Path FILES = Path.of("src/test/resources/recurrent");
  private static final float TOLERANCE = 2e-6f;

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void bothLibrariesAreThere() throws IOException {
    assertEquals(10, names().stream().filter(name -> name.startsWith("onnx")).count());
    assertEquals(8, names().stream().filter(name -> name.startsWith("torch")).count());
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheirNumbers(String name) {
    Map<String, Tensor> golden = Npz.read(FILES.resolve(name));
    String[] words = name.replace(".npz", "").split("_", -1);
    int layers = Integer.parseInt(words[2]);
    int directions = Integer.parseInt(words[3]);
    Tensor x = of(golden, "x");
    Tensor h = of(golden, "h");
    int units = (int) h.dim(2);
    List<Layer> stack = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Recurrent one = layer(words[1], words[4], units);
      stack.add(directions == 2 ? Bidirectional.of(one) : one);
    }
    Sequential model = Sequential.of(stack).buildZeros((int) x.dim(2));
    for (Weight weight : model.weights()) {
      weight.set(of(golden, key(model, weight.name())));
    }
    Prediction predicted = model.predictor().predictWithState(x);
    assertArrayEquals(of(golden, "y").toArray(), predicted.y().toArray(), TOLERANCE, "y");
    assertEquals(layers * directions, predicted.state().h().size());
    assertEquals(0, predicted.state().c().size());
    for (int i = 0; i < layers * directions; i++) {
      float[] expected = h.select(0, i).toArray();
      assertArrayEquals(expected, predicted.state().h().get(i).toArray(), TOLERANCE, "h " + i);
    }
  }

  private static Tensor of(Map<String, Tensor> golden, String key) {
    return Objects.requireNonNull(golden.get(key), key);
  }

  private static Recurrent layer(String kind, String variant, int units) {
    if (kind.equals("rnn")) {
      Activation activation = variant.equals("relu") ? Activation.RELU : Activation.TANH;
      return SimpleRnn.builder(units).activation(activation).returnSequences(true).build();
    }
    Gru.Builder gru =
        Gru.builder(units).returnSequences(true).resetAfter(!variant.equals("before"));
    return variant.equals("hard")
        ? gru.activation(Activation.SOFTSIGN)
            .recurrentActivation(Activation.HARD_SIGMOID_CLASSIC)
            .build()
        : gru.build();
  }

  /** The file's name of a weight: W, U or b, the layer and the direction. */
  private static String key(Sequential model, String weight) {
    List<String> names = model.layers().stream().map(Layer::name).toList();
    String layer = weight.substring(0, weight.indexOf('/'));
    String kind = weight.substring(weight.lastIndexOf('/') + 1);
    String letter =
        switch (kind) {
          case "kernel" -> "W";
          case "recurrent_kernel" -> "U";
          default -> "b";
        };
    int direction = weight.contains("/backward/") ? 1 : 0;
    return letter + "." + names.indexOf(layer) + "." + direction;
  }
}
