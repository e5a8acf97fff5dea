package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fits whose samples or classes count differently, against Keras 3.15 (weighted.csv); refusals. */
class SampleWeightsTest {
  private static final Tensor X = ReferenceModel.random(1, 12, 3);

  private static Sequential model(Loss loss, Layer... layers) {
    return Sequential.of(layers).build(3, 7).compile(Sgd.of(0.1), loss);
  }

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void namesWeightsThatAreNone() {
    FitOptions.Builder options = FitOptions.builder();
    String sample = "FitOptions.sampleWeights: the weight of sample 1 is ";
    refuses(sample + "-1.0: expected 0 or more, finite", () -> options.sampleWeights(1, -1));
    refuses(
        sample + "NaN: expected 0 or more, finite",
        () -> options.sampleWeights(Tensor.of(new float[] {1, Float.NaN}, 2)));
    refuses(
        "FitOptions.classWeights: the weight of class 0 is NaN: expected 0 or more, finite",
        () -> options.classWeights(Map.of(0, Double.NaN)));
    refuses(
        "FitOptions.sampleWeights: the weights are (2, 1), expected (samples): one a sample",
        () -> options.sampleWeights(Tensor.zeros(2, 1)));
  }

  @Test
  void namesWeightsThatDoNotFitTheData() {
    FitOptions few = FitOptions.builder().sampleWeights(1, 2, 3).build();
    Sequential numbers = model(Loss.MEAN_SQUARED_ERROR, Dense.of(1));
    Tensor y = Tensor.zeros(12, 1);
    refuses(
        "FitOptions.sampleWeights: 3 weights for 12 samples: expected one a sample",
        () -> numbers.fit(X, y, few));
    FitOptions classes = FitOptions.builder().classWeights(Map.of(4, 1.0, 3, 2.0)).build();
    refuses(
        "FitOptions.classWeights: the targets of mse are no classes: sampleWeights says what each"
            + " sample counts",
        () -> numbers.fit(X, y, classes));
    Sequential three = model(Loss.SPARSE_CATEGORICAL_CROSSENTROPY, Dense.of(3), Softmax.of());
    refuses(
        "FitOptions.classWeights: class 3 has a weight, but the model gives 3 classes: a class is a"
            + " number from 0 to 2",
        () -> three.fit(X, y, classes));
    Sequential two = model(Loss.BINARY_CROSSENTROPY, Dense.of(1, Activation.SIGMOID));
    refuses(
        "FitOptions.classWeights: class -1 has a weight, but the model gives 2 classes: a class is a"
            + " number from 0 to 1",
        () -> two.fit(X, y, FitOptions.builder().classWeights(Map.of(-1, 1.0)).build()));
  }

  /** A weight of 2 is a sample twice, of 0 none; the order of the samples does not matter. */
  @Test
  void countASampleAsOften() {
    Tensor twice = Tensor.concat(0, X.slice(0, 0, 6), X.slice(0, 0, 6));
    Tensor y = ReferenceModel.random(2, 12, 1);
    Tensor yTwice = Tensor.concat(0, y.slice(0, 0, 6), y.slice(0, 0, 6));
    double[] weights = new double[12];
    Arrays.fill(weights, 0, 6, 2);
    FitOptions plain = FitOptions.builder().epochs(4).batchSize(12).build();
    FitOptions weighted =
        FitOptions.builder().epochs(4).batchSize(12).sampleWeights(weights).build();
    Sequential one = model(Loss.MEAN_SQUARED_ERROR, Dense.of(1));
    Sequential other = model(Loss.MEAN_SQUARED_ERROR, Dense.of(1));
    double[] expected = one.fit(twice, yTwice, plain).loss();
    assertArrayEquals(expected, other.fit(X, y, weighted).loss(), 1e-7);
    assertArrayEquals(ReferenceModel.weights(one), ReferenceModel.weights(other), 1e-6f);
  }

  /** Of one's classes and of one's samples, 0 and 1 of a sigmoid. */
  @Test
  void ofClassesTimesThoseOfSamples() {
    Tensor y = Tensor.zeros(12, 1);
    double[] samples = new double[12];
    double[] both = new double[12];
    for (int i = 0; i < 12; i++) {
      y.set(i % 3 == 0 ? 1 : 0, i, 0);
      samples[i] = 0.1 * i;
      both[i] = samples[i] * (i % 3 == 0 ? 5 : 1);
    }
    Layer last = Dense.of(1, Activation.SIGMOID);
    Sequential one = model(Loss.BINARY_CROSSENTROPY, last);
    Sequential other = model(Loss.BINARY_CROSSENTROPY, last);
    Tensor floats = Tensor.zeros(12);
    IntStream.range(0, 12).forEach(i -> floats.set((float) both[i], i));
    one.fit(X, y, FitOptions.builder().epochs(3).sampleWeights(floats).build());
    FitOptions.Builder options = FitOptions.builder().epochs(3).classWeights(Map.of(1, 5.0));
    other.fit(X, y, options.sampleWeights(samples).build());
    assertArrayEquals(ReferenceModel.weights(one), ReferenceModel.weights(other), 1e-6f);
  }

  private static final KerasTable KERAS = KerasTable.of("weighted.csv");

  static IntStream goldens() {
    return IntStream.range(0, KERAS.rows().size());
  }

  private static Tensor tensor(int row, String column, long... dims) {
    double[] numbers = KERAS.numbers(row, column);
    Tensor flat = Tensor.zeros(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      flat.set((float) numbers[i], i);
    }
    return flat.reshape(dims);
  }

  private static Loss loss(int row) {
    return switch (KERAS.text(row, "loss")) {
      case "mse" -> Loss.MEAN_SQUARED_ERROR;
      case "categorical_crossentropy" -> Loss.CATEGORICAL_CROSSENTROPY;
      case "sparse_categorical_crossentropy" -> Loss.SPARSE_CATEGORICAL_CROSSENTROPY;
      default -> throw new AssertionError(KERAS.text(row, "loss"));
    };
  }

  private static Layer[] layers(String weights, boolean numbers) {
    Dense dense = Dense.builder(3).useBias(false).build();
    if (weights.equals("steps")) {
      return new Layer[] {Masking.of(0), dense};
    }
    return numbers ? new Layer[] {dense} : new Layer[] {dense, Softmax.of()};
  }

  /** Losses with weights and metrics without them, of all steps that are no padding. */
  @ParameterizedTest
  @MethodSource("goldens")
  void countAsInKeras(int row) {
    Loss loss = loss(row);
    String weights = KERAS.text(row, "weights");
    boolean numbers = loss.equals(Loss.MEAN_SQUARED_ERROR);
    boolean steps = weights.equals("steps");
    Metric metric = numbers ? Metric.MEAN_ABSOLUTE_ERROR : Metric.ACCURACY;
    Sequential model = Sequential.of(layers(weights, numbers)).build(5, 1);
    model.weights().getFirst().set(tensor(row, "kernel", 5, 3));
    model.compile(Sgd.of(0.1), loss, metric);
    FitOptions.Builder options =
        FitOptions.builder().epochs(5).batchSize(6).shuffle(false).validationSplit(0.25);
    if (weights.equals("classes")) {
      options.classWeights(Map.of(0, 3.0, 2, 0.25));
    } else if (!weights.equals("none")) {
      options.sampleWeights(KERAS.numbers(row, "sample_weight"));
    }
    long[] dims = steps ? new long[] {16, 4, 5} : new long[] {16, 5};
    long[] wanted = steps ? new long[] {16, 4, 3} : new long[] {16, 3};
    long[] targets = loss.targets().isClass() ? new long[] {16} : wanted;
    History history = model.fit(tensor(row, "x", dims), tensor(row, "y", targets), options.build());
    assertClose(row, "losses", history.loss());
    assertClose(row, "validation", history.validationLoss());
    if (!steps) { // Keras on JAX measures padding too while it trains
      assertClose(row, "metric", history.metric(metric));
    }
    assertClose(row, "validation_metric", history.validationMetric(metric));
  }

  private static void assertClose(int row, String column, double[] actual) {
    double[] expected = KERAS.numbers(row, column);
    assertEquals(expected.length, actual.length);
    for (int epoch = 0; epoch < expected.length; epoch++) {
      assertEquals(expected[epoch], actual[epoch], 2e-6 * expected[epoch], column + " " + epoch);
    }
  }
}
