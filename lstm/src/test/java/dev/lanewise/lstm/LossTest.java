package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients against Keras 3.15 (losses.csv) and finite differences; refusals. */
class LossTest {
  private static final KerasTable KERAS = KerasTable.of("losses.csv");
  private static final double[] QUANTILES = {0.1, 0.5, 0.9};

  private static Loss named(String name) {
    return switch (name) {
      case "mse" -> Loss.MEAN_SQUARED_ERROR;
      case "mae" -> Loss.MEAN_ABSOLUTE_ERROR;
      case "huber 1" -> Loss.huber(1);
      case "huber 0.5" -> Loss.huber(0.5);
      case "binary" -> Loss.BINARY_CROSSENTROPY;
      case "binary logits" -> Loss.BINARY_CROSSENTROPY.fromLogits();
      case "categorical" -> Loss.CATEGORICAL_CROSSENTROPY;
      case "categorical logits" -> Loss.CATEGORICAL_CROSSENTROPY.fromLogits();
      case "sparse" -> Loss.SPARSE_CATEGORICAL_CROSSENTROPY;
      case "sparse logits" -> Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits();
      case "pinball" -> Loss.pinball(QUANTILES);
      case "gaussian" -> Loss.GAUSSIAN_NLL;
      default -> throw new AssertionError(name);
    };
  }

  static IntStream goldens() {
    return IntStream.range(0, KERAS.rows().size());
  }

  /** The mean over rows that stand one after the other; overwrites the gradients. */
  private static double mean(Loss loss, int outputs, double[] p, double[] y, double[] gradient) {
    int rows = p.length / outputs;
    int width = loss.targets().width(outputs);
    double terms = (double) rows * loss.targets().terms(outputs);
    double[] slope = new double[outputs];
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double[] own = Arrays.copyOfRange(p, row * outputs, (row + 1) * outputs);
      double[] wanted = Arrays.copyOfRange(y, row * width, (row + 1) * width);
      sum += loss.rows().apply(outputs, own, wanted, slope);
      for (int i = 0; i < outputs; i++) {
        gradient[row * outputs + i] = slope[i] / terms;
      }
    }
    return sum / terms;
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void isThatOfKeras(int golden) {
    Loss loss = named(KERAS.text(golden, "loss"));
    double[] p = KERAS.numbers(golden, "p");
    double[] gradient = new double[p.length];
    int outputs = KERAS.whole(golden, "outputs");
    assertEquals(KERAS.whole(golden, "targets"), loss.targets().width(outputs));
    double value = mean(loss, outputs, p, KERAS.numbers(golden, "y"), gradient);
    double expected = KERAS.numbers(golden, "value")[0];
    assertEquals(expected, value, 1e-6 * Math.max(1, Math.abs(expected)));
    double[] slopes = KERAS.numbers(golden, "gradient");
    for (int i = 0; i < slopes.length; i++) {
      assertEquals(slopes[i], gradient[i], 1e-6 * Math.max(1, Math.abs(slopes[i])), "of " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void hasTheGradientOfFiniteDifferences(int golden) {
    Loss loss = named(KERAS.text(golden, "loss"));
    double[] p = KERAS.numbers(golden, "p");
    double[] y = KERAS.numbers(golden, "y");
    int outputs = KERAS.whole(golden, "outputs");
    double[] gradient = new double[p.length];
    double[] spare = new double[p.length];
    mean(loss, outputs, p, y, gradient);
    double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < p.length; i++) {
      double at = p[i];
      p[i] = at + 1e-6;
      double above = mean(loss, outputs, p, y, spare);
      p[i] = at - 1e-6;
      double below = mean(loss, outputs, p, y, spare);
      p[i] = at;
      assertEquals((above - below) / 2e-6, gradient[i], 1e-4 * largest, "of " + i);
    }
  }

  @Test
  void isEqualByNameAndNumbers() {
    assertEquals(Loss.huber(2), Loss.huber(2));
    assertNotEquals(Loss.huber(2), Loss.huber(3));
    assertEquals(Loss.pinball(0.1).hashCode(), Loss.pinball(0.1).hashCode());
    assertNotEquals(Loss.BINARY_CROSSENTROPY, Loss.BINARY_CROSSENTROPY.fromLogits());
    assertEquals("pinball[0.1, 0.9]", Loss.pinball(0.1, 0.9).toString());
    assertEquals("mse", Loss.MEAN_SQUARED_ERROR.toString());
  }

  private static final Tensor X = ReferenceModel.random(1, 12, 5, 3);

  private static Sequential chain(Layer... last) {
    Layer[] all = Stream.concat(Stream.of(Lstm.of(6)), Stream.of(last)).toArray(Layer[]::new);
    return Sequential.of(all).build(3, 7);
  }

  private static float[] fitted(Sequential model, Loss loss, Tensor y, FitOptions options) {
    model.compile(Adam.of(0.01), loss).fit(X, y, options);
    return ReferenceModel.weights(model);
  }

  private static final FitOptions OPTIONS = FitOptions.builder().epochs(3).batchSize(5).build();

  /** A softmax at the end is left out in training, and the same is learnt without it. */
  @Test
  void ofASoftmaxIsThatOfLogits() {
    Tensor labels = Tensor.ofInts(new int[] {0, 1, 2, 3, 0, 1, 2, 3, 3, 2, 1, 0}, 12);
    Tensor oneHot = Labels.oneHot(labels, 4);
    Loss dense = Loss.CATEGORICAL_CROSSENTROPY;
    Loss sparse = Loss.SPARSE_CATEGORICAL_CROSSENTROPY;
    float[] expected = fitted(chain(Dense.of(4), Softmax.of()), dense, oneHot, OPTIONS);
    assertClose(expected, fitted(chain(Dense.of(4)), dense.fromLogits(), oneHot, OPTIONS));
    assertClose(expected, fitted(chain(Dense.of(4), Softmax.of()), sparse, labels, OPTIONS));
    assertClose(expected, fitted(chain(Dense.of(4)), sparse.fromLogits(), labels, OPTIONS));
    Tensor binary = oneHot.slice(1, 0, 1).contiguous();
    assertClose(
        fitted(chain(Dense.of(1, Activation.SIGMOID)), Loss.BINARY_CROSSENTROPY, binary, OPTIONS),
        fitted(chain(Dense.of(1)), Loss.BINARY_CROSSENTROPY.fromLogits(), binary, OPTIONS));
  }

  private static void assertClose(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-6f, "of " + i);
    }
  }

  @Test
  void learnsMeanAndVariance() {
    Tensor x = Tensor.zeros(400, 1);
    Tensor y = ReferenceModel.random(3, 400, 1); // from -1 to 1: variance 1/3
    Sequential model = Sequential.of(Dense.of(2)).build(1, 7);
    model.compile(Adam.of(0.02), Loss.GAUSSIAN_NLL, Metric.MEAN_ABSOLUTE_ERROR);
    History history = model.fit(x, y, FitOptions.builder().epochs(300).batchSize(400).build());
    float[] p = model.predict(x.slice(0, 0, 1)).toArray();
    double mean = 0;
    double squares = 0;
    for (float value : y.toArray()) {
      mean += value / 400;
      squares += value * value / 400;
    }
    assertEquals(mean, p[0], 0.02);
    assertEquals(Math.log(squares - mean * mean), p[1], 0.05);
    assertTrue(history.metric(Metric.MEAN_ABSOLUTE_ERROR)[299] > 0.4);
  }

  private static void refuses(String message, Sequential model, Loss loss, Tensor y) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> fitted(model, loss, y, OPTIONS))
            .getMessage());
  }

  @Test
  void refusesTargetsAndOutputsThatDoNotFit() {
    Sequential four = chain(Dense.of(4), Softmax.of());
    Tensor labels = Tensor.zeros(12);
    labels.set(4, 7);
    refuses(
        "Sequential.fit: y holds 4.0 at sample 7, but the model gives 4 classes: a target is a whole"
            + " number from 0 to 3",
        four,
        Loss.SPARSE_CATEGORICAL_CROSSENTROPY,
        labels);
    refuses(
        "Sequential.fit: y is (12, 4), but sparse_categorical_crossentropy of the prediction (12, 4)"
            + " takes (12, 1) or that without its last axis: the number of a class. For a 1 at the"
            + " class and 0 elsewhere: Loss.CATEGORICAL_CROSSENTROPY",
        four,
        Loss.SPARSE_CATEGORICAL_CROSSENTROPY,
        Tensor.zeros(12, 4));
    refuses(
        "Model.compile: pinball[0.1, 0.5, 0.9] takes 3 features of the output for each target, got 4"
            + " features: the last layer is Dense.of(3 * targets)",
        four,
        Loss.pinball(QUANTILES),
        labels);
    assertEquals(
        "Loss.fromLogits: mse has none: only a crossentropy of probabilities has logits",
        assertThrows(IllegalStateException.class, Loss.MEAN_SQUARED_ERROR::fromLogits)
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Loss.huber(0));
    assertThrows(IllegalArgumentException.class, () -> Loss.pinball());
    assertThrows(IllegalArgumentException.class, () -> Loss.pinball(0.5, 1));
  }

  @Test
  void takesAClassAStep() {
    Lstm lstm = Lstm.builder(6).returnSequences(true).build();
    Sequential model = Sequential.of(lstm, Dense.of(4), Softmax.of()).build(3, 7);
    Tensor labels = Tensor.intZeros(12, 5);
    for (int i = 0; i < 60; i++) {
      labels.setInt(i % 4, i / 5, i % 5);
    }
    float[] sparse = fitted(model, Loss.SPARSE_CATEGORICAL_CROSSENTROPY, labels, OPTIONS);
    Sequential dense = Sequential.of(lstm, Dense.of(4), Softmax.of()).build(3, 7);
    Tensor oneHot = Labels.oneHot(labels, 4);
    assertClose(sparse, fitted(dense, Loss.CATEGORICAL_CROSSENTROPY, oneHot, OPTIONS));
    assertEquals(dense.evaluate(X, oneHot).loss(), model.evaluate(X, labels).loss(), 1e-6);
  }
}
