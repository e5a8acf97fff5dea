package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of each loss, with all its metrics and weights of samples. */
class LossStepTest {
  private static final int BATCH = 13;
  private static final int STEPS = 8;

  /** A loss, and what it is measured by. */
  record Case(Loss loss, List<Metric> metrics) {}

  static Stream<Case> cases() {
    List<Metric> numbers =
        List.of(Metric.MEAN_ABSOLUTE_ERROR, Metric.ROOT_MEAN_SQUARED_ERROR, Metric.ACCURACY);
    List<Metric> shares = List.of(Metric.ACCURACY, Metric.AUC, Metric.topK(2));
    List<Metric> classes = List.of(Metric.ACCURACY, Metric.topK(2));
    List<Metric> probabilities = List.of(Metric.ACCURACY, Metric.AUC);
    return Stream.of(
        new Case(Loss.MEAN_SQUARED_ERROR, numbers),
        new Case(Loss.MEAN_ABSOLUTE_ERROR, numbers),
        new Case(Loss.huber(0.5), numbers),
        new Case(Loss.pinball(0.1, 0.9), numbers),
        new Case(Loss.GAUSSIAN_NLL, numbers),
        new Case(Loss.BINARY_CROSSENTROPY, probabilities),
        new Case(Loss.BINARY_CROSSENTROPY.fromLogits(), probabilities),
        new Case(Loss.CATEGORICAL_CROSSENTROPY, shares),
        new Case(Loss.CATEGORICAL_CROSSENTROPY.fromLogits(), shares),
        new Case(Loss.SPARSE_CATEGORICAL_CROSSENTROPY, classes),
        new Case(Loss.SPARSE_CATEGORICAL_CROSSENTROPY.fromLogits(), classes));
  }

  private static Tensor targets(Loss loss) {
    int width = loss.targets().width(4);
    Tensor y = Tensor.zeros(BATCH, STEPS, width);
    for (int i = 0; i < BATCH * STEPS; i++) {
      int wanted = 7 * i % 4;
      if (loss.targets().isClass()) {
        y.set(wanted, i / STEPS, i % STEPS, 0);
      } else if (wanted < width) {
        y.set(1, i / STEPS, i % STEPS, wanted);
      }
    }
    return y;
  }

  /** A step of sequences of 1 to 8 steps, on so many threads. */
  private static void step(Case of, int threads, BiConsumer<TrainingStep, Runnable> use) {
    Lstm lstm = Lstm.builder(9).returnSequences(true).build();
    Layer last = Softmax.of(); // positive, as crossentropies want
    Sequential model = Sequential.of(lstm, Dense.of(4), last).build(3, 5);
    Plan plan = ReferenceModel.shapes(model);
    Compilation compilation = Compilation.of(plan, of.loss, of.metrics);
    int[] lengths = new int[BATCH];
    double[] counts = new double[BATCH];
    for (int i = 0; i < BATCH; i++) {
      lengths[i] = 1 + i % STEPS;
      counts[i] = 0.25 * (i % 5);
    }
    Tensor x = ReferenceModel.random(1, BATCH, STEPS, 3);
    Samples samples = Samples.of(x, Mask.ofLengths(STEPS, lengths), targets(of.loss));
    TrainingData data = TrainingData.of("test", plan, compilation, samples).weighted(counts);
    ModelWeights weights = plan.initialized(1);
    OptimizerState state = Adam.of(1e-3).state(weights);
    int[] order = new int[BATCH];
    Arrays.setAll(order, i -> i);
    try (Workers workers = new Workers(threads)) {
      TrainingStep step = ReferenceModel.step(data, compilation, weights, state, BATCH, 0, threads);
      step.team(workers);
      step.begin(0);
      step.source(data.feed(TimeParts.WHOLE));
      use.accept(
          step,
          () -> {
            step.run(order, 0, BATCH);
            step.update(1e-3, Clipping.NONE);
          });
    }
  }

  @ParameterizedTest
  @Tag("own-jvm")
  @MethodSource("cases")
  void allocatesNothing(Case of) {
    step(of, 2, (_, update) -> assertEquals(0, Allocations.perCall(update)));
  }

  /** Losses and metrics of five updates: each shows the bits of the gradients before it. */
  private static double[] measured(Case of, int threads) {
    List<Double> all = new ArrayList<>();
    step(
        of,
        threads,
        (step, update) -> {
          for (int i = 0; i < 5; i++) {
            update.run();
            all.add(step.loss(0));
            for (int metric = 0; metric < of.metrics.size(); metric++) {
              all.add(step.result(0, metric, step.measured(0, metric) / step.counted(0)));
            }
          }
        });
    return all.stream().mapToDouble(each -> each).toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hasTheSameBitsOnAnyThreads(Case of) {
    double[] one = measured(of, 1);
    assertTrue(Arrays.stream(one).allMatch(Double::isFinite), Arrays.toString(one));
    assertTrue(one[0] != one[1 + of.metrics.size()], "the update changed nothing");
    assertArrayEquals(one, measured(of, 2));
    assertArrayEquals(one, measured(of, 3));
  }
}
