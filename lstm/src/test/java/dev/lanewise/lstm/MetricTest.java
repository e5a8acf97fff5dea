package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.train.Measures;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics against Keras 3.15 (metrics.csv), and while a model is fitted. */
class MetricTest {
  private static final KerasTable KERAS = KerasTable.of("metrics.csv");

  /** A metric, and a loss that says how targets are read. */
  private record Measured(Metric metric, Loss loss) {}

  private static Measured named(String name) {
    Loss binary = Loss.BINARY_CROSSENTROPY;
    Loss dense = Loss.CATEGORICAL_CROSSENTROPY;
    Loss sparse = Loss.SPARSE_CATEGORICAL_CROSSENTROPY;
    return switch (name) {
      case "auc" -> new Measured(Metric.AUC, binary);
      case "rmse" -> new Measured(Metric.ROOT_MEAN_SQUARED_ERROR, Loss.MEAN_SQUARED_ERROR);
      case "mae" -> new Measured(Metric.MEAN_ABSOLUTE_ERROR, Loss.MEAN_SQUARED_ERROR);
      case "accuracy" -> new Measured(Metric.ACCURACY, binary);
      case "categorical accuracy" -> new Measured(Metric.ACCURACY, dense);
      case "top 3" -> new Measured(Metric.topK(3), dense);
      case "sparse accuracy" -> new Measured(Metric.ACCURACY, sparse);
      case "sparse top 2" -> new Measured(Metric.topK(2), sparse);
      default -> throw new AssertionError(name);
    };
  }

  static IntStream goldens() {
    return IntStream.range(0, KERAS.rows().size());
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void isThatOfKeras(int golden) {
    Measured measured = named(KERAS.text(golden, "metric"));
    int outputs = KERAS.whole(golden, "outputs");
    int targets = KERAS.whole(golden, "targets");
    double[] p = KERAS.numbers(golden, "p");
    double[] y = KERAS.numbers(golden, "y");
    int rows = p.length / outputs;
    Measures measures = measures(measured.metric, measured.loss, outputs, rows);
    for (int row = 0; row < rows; row++) {
      measures.add(
          row,
          row % 2,
          Arrays.copyOfRange(p, row * outputs, (row + 1) * outputs),
          Arrays.copyOfRange(y, row * targets, (row + 1) * targets));
    }
    double expected = KERAS.numbers(golden, "value")[0];
    assertEquals(expected, measures.result(0, measures.sum(0, rows) / rows), 1e-6);
  }

  /** Of so many samples, counted by two threads. */
  private static Measures measures(Metric metric, Loss loss, int outputs, int samples) {
    return new Measures(List.of(metric.of(loss)), loss.targets().predictions(outputs), samples, 2);
  }

  /** In an epoch of several batches, on one thread and three, as evaluate measures it. */
  @Test
  void ofAnEpochIsThatOfAllItsSamples() {
    Tensor x = ReferenceModel.random(1, 50, 4, 3);
    Tensor y = Tensor.zeros(50, 1);
    for (int i = 0; i < 50; i++) {
      y.set(x.get(i, 3, 0) > 0 ? 1 : 0, i, 0);
    }
    List<Metric> all =
        List.of(
            Metric.AUC,
            Metric.ROOT_MEAN_SQUARED_ERROR,
            Metric.ACCURACY,
            Metric.MEAN_ABSOLUTE_ERROR);
    Scores[] measured = new Scores[2];
    for (int i = 0; i < 2; i++) {
      Sequential model = Sequential.of(Lstm.of(20), Dense.of(1, Activation.SIGMOID)).build(3, 5);
      model.compile(Sgd.of(1e-30), Loss.BINARY_CROSSENTROPY, all.toArray(Metric[]::new));
      FitOptions.Builder options = FitOptions.builder().batchSize(16).epochs(2).shuffle(false);
      int threads = i == 0 ? 1 : 3;
      options.threads(threads).ownThreads(true).validationData(x, y);
      History history = model.fit(x, y, options.build());
      measured[i] = model.evaluate(x, y);
      for (Metric metric : all) {
        assertEquals(
            measured[i].metric(metric), history.metric(metric)[1], 1e-6, metric.toString());
        assertEquals(history.metric(metric)[0], history.metric(metric)[1], metric.toString());
        assertEquals(
            measured[i].metric(metric), history.validationMetric(metric)[1], metric.toString());
      }
    }
    assertEquals(measured[0], measured[1]);
  }

  /** Of sequences of 1 to 4 steps, in batches that have more and fewer of them. */
  @Test
  void ofAMaskedEpochIsThatOfAllItsSteps() {
    Tensor x = ReferenceModel.random(1, 30, 4, 3);
    Tensor y = ReferenceModel.random(2, 30, 4, 1);
    int[] lengths = new int[30];
    Arrays.setAll(lengths, i -> i < 15 ? 1 : 4 - i % 2);
    Mask mask = Mask.ofLengths(4, lengths);
    Sequential model = Sequential.of(Masking.of(0), Dense.of(1)).build(3, 5);
    List<Metric> all = List.of(Metric.ROOT_MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR);
    model.compile(Sgd.of(1e-30), Loss.MEAN_SQUARED_ERROR, all.toArray(Metric[]::new));
    FitOptions options = FitOptions.builder().batchSize(8).shuffle(false).build();
    History history = model.fit(x, mask, y, options);
    Scores scores = model.evaluate(x, mask, y);
    for (Metric metric : all) {
      assertEquals(scores.metric(metric), history.metric(metric)[0], 1e-6, metric.toString());
    }
  }

  @Test
  void aClassThatIsNaNIsNotAmongTheLargest() {
    Metric top = Metric.topK(1);
    Loss loss = Loss.SPARSE_CATEGORICAL_CROSSENTROPY;
    Measures measures = measures(top, loss, 3, 1);
    measures.add(0, 0, new double[] {0.1, Double.NaN, 0.2}, new double[] {1});
    measures.add(0, 1, new double[] {0.1, 0.7, 0.2}, new double[] {1});
    assertEquals(0.5, measures.result(0, measures.sum(0, 1) / 2));
  }

  @Test
  void refusesWhatItDoesNotMeasure() {
    Sequential model = Sequential.of(Lstm.of(2), Dense.of(3), Softmax.of()).build(3, 5);
    Loss sparse = Loss.SPARSE_CATEGORICAL_CROSSENTROPY;
    assertEquals(
        "Model.compile: mae with sparse_categorical_crossentropy: it measures numbers, not classes",
        assertThrows(
                IllegalArgumentException.class,
                () -> model.compile(Adam.of(), sparse, Metric.MEAN_ABSOLUTE_ERROR))
            .getMessage());
    assertEquals(
        "Model.compile: top_5_categorical_accuracy with mse: it measures classes, not numbers",
        assertThrows(
                IllegalArgumentException.class,
                () -> model.compile(Adam.of(), Loss.MEAN_SQUARED_ERROR, Metric.topK(5)))
            .getMessage());
    assertEquals(
        "Metric.topK: k is 0: expected 1 or more",
        assertThrows(IllegalArgumentException.class, () -> Metric.topK(0)).getMessage());
  }
}
