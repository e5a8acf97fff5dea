package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.lstm.train.Clipping;
import dev.lanewise.lstm.train.OptimizerState;
import dev.lanewise.lstm.train.TrainingStep;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNormalizationTest {
  private static final Lstm SEQUENCES = Lstm.builder(4).returnSequences(true).build();
  private static final BatchNormalization HALF = BatchNormalization.builder().momentum(0.5).build();

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static Sequential model() {
    BatchNormalization first = BatchNormalization.of();
    return NormalizationCases.disturb(
        Sequential.of(first, SEQUENCES, BatchNormalization.of(), Dense.of(2)).build(3, 1));
  }

  private static float[] weight(Model model, String name) {
    return model.weights().stream()
        .filter(weight -> weight.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .toArray();
  }

  /** One update by all of x, which changes nothing that is trained. */
  private static Model updated(Model model, Tensor x, Mask mask) {
    Sequential chain = (Sequential) model;
    chain.compile(Sgd.of(1e-30), Loss.MEAN_SQUARED_ERROR);
    Tensor y = Tensor.zeros(chain.outputShape(x.shape()).toArray());
    chain.fit(x, mask, y, FitOptions.builder().batchSize(64).build());
    return model;
  }

  @Test
  void predictsByTheMovingAverages() {
    BatchNormalization layer = BatchNormalization.builder().epsilon(1).build();
    Sequential model = Sequential.of(layer).build(2, 0);
    float[][] weights = {{3, 5}, {1, 2}, {10, 20}, {8, 24}};
    for (int i = 0; i < 4; i++) {
      model.weights().get(i).set(Tensor.of(weights[i], 2));
    }
    Tensor x = Tensor.of(new float[] {13, 20, 10, 21}, 2, 2);
    assertArrayEquals(new float[] {4, 2, 1, 3}, model.predict(x).toArray(), 1e-5f);
  }

  @Test
  void beginsAsKerasDoes() {
    Sequential model = Sequential.of(BatchNormalization.of().named("n")).build(1, 0);
    List<Weight> weights = model.weights();
    assertEquals(
        List.of("n/gamma", "n/beta", "n/moving_mean", "n/moving_variance"),
        weights.stream().map(Weight::name).toList());
    assertEquals(
        List.of(true, true, false, false), weights.stream().map(Weight::trainable).toList());
    float[] values = ReferenceModel.weights(model);
    assertArrayEquals(new float[] {1, 0, 0, 1}, values);
    BatchNormalization bare = BatchNormalization.builder().scale(false).center(false).build();
    assertEquals(2, Sequential.of(bare).build(1, 0).weights().size());
  }

  /** Two features over real steps: {1, 3, 5, 7} and {0, 0, 4, 4}. */
  @Test
  void anUpdateMovesTheAveragesByTheBatch() {
    Tensor x = Tensor.of(new float[] {1, 0, 3, 0, 5, 4, 7, 4}, 2, 2, 2);
    Model model = Sequential.of(HALF.named("n"), Dense.of(1)).build(2, 1);
    updated(model, x, Mask.ofLengths(2, 2, 2));
    assertArrayEquals(new float[] {2, 1}, weight(model, "n/moving_mean"), 1e-6f);
    assertArrayEquals(new float[] {3, 2.5f}, weight(model, "n/moving_variance"), 1e-6f);
    updated(model, x, Mask.ofLengths(2, 2, 2));
    assertArrayEquals(new float[] {3, 1.5f}, weight(model, "n/moving_mean"), 1e-6f);
  }

  @Test
  void paddingIsNotInTheMoments() {
    Tensor x = Tensor.of(new float[] {1, 0, 3, 0, 5, 4, 900, -900}, 2, 2, 2);
    Model model = Sequential.of(HALF.named("n"), Dense.of(1)).build(2, 1);
    updated(model, x, Mask.ofLengths(2, 2, 1));
    assertArrayEquals(new float[] {1.5f, 2 / 3f}, weight(model, "n/moving_mean"), 1e-6f);
    assertArrayEquals(
        new float[] {0.5f + 4 / 3f, 0.5f + 16 / 9f}, weight(model, "n/moving_variance"), 1e-6f);
  }

  /** As Keras has it: what is not there has mean and variance 0. */
  @Test
  void aBatchOfPaddingAloneMovesThemTowardsZero() {
    Model model = Sequential.of(HALF.named("n"), Flatten.of(), Dense.of(1)).build(2, 2, 1);
    updated(model, ReferenceModel.random(1, 3, 2, 2), Mask.ofLengths(2, 0, 0, 0));
    assertArrayEquals(new float[] {0, 0}, weight(model, "n/moving_mean"));
    assertArrayEquals(new float[] {0.5f, 0.5f}, weight(model, "n/moving_variance"));
  }

  /** A predictor made before, and the scores of before, are not used again. */
  @Test
  void predictionFollowsTheAverages() {
    Sequential model = Sequential.of(HALF, Dense.of(1)).build(2, 1);
    Tensor x = ReferenceModel.random(1, 5, 2);
    float[] before = model.predict(x).toArray();
    updated(model, x, null);
    float[] after = model.predict(x).toArray();
    assertFalse(Arrays.equals(before, after));
    Sequential other = Sequential.of(model.layers()).build(2, 9);
    for (int i = 0; i < model.weights().size(); i++) {
      other.weights().get(i).set(model.weights().get(i).value());
    }
    assertArrayEquals(other.predict(x).toArray(), after);
  }

  @Test
  void aLayerThatIsCalledTwiceMovesThemTwice() {
    BatchNormalization shared = HALF.named("n");
    Value x = Input.rows("x", 1);
    Value z = Input.rows("z", 1);
    Value y = Dense.of(1).named("y").apply(Add.of().apply(shared.apply(x), shared.apply(z)));
    Model model = Model.of(List.of(x, z), List.of(y)).build(1);
    model.compile(Sgd.of(1e-30), Loss.MEAN_SQUARED_ERROR);
    Tensor ones = Tensor.zeros(4, 1).fill(1);
    Tensor tens = Tensor.zeros(4, 1).fill(10);
    model.fit(
        Map.of("x", ones, "z", tens),
        Map.of(model.outputNames().getFirst(), ones),
        FitOptions.builder().build());
    assertArrayEquals(new float[] {0.5f * 0.5f + 5}, weight(model, "n/moving_mean"));
    assertArrayEquals(new float[] {0.25f}, weight(model, "n/moving_variance"));
  }

  @Test
  void aSampleAloneGivesTheBitsThatItGivesInABatch() {
    Sequential model = model();
    Tensor x = ReferenceModel.random(1, 130, 6, 3); // more than a block of rows
    Tensor y = model.predict(x);
    float[] last = model.predict(x.slice(0, 129, 130)).toArray();
    assertArrayEquals(last, y.select(0, 129).toArray());
  }

  @Test
  void aStreamGivesTheBitsOfTheWholeSequence() {
    Sequential model = model();
    Tensor x = ReferenceModel.random(1, 2, 6, 3);
    Tensor y = model.predict(x);
    Stream stream = model.predictor().stream(2);
    Tensor out = Tensor.zeros(2, 2);
    for (int step = 0; step < 6; step++) {
      stream.step(x.select(1, step), out);
      assertArrayEquals(y.select(1, step).toArray(), out.toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainsToTheSameBitsOnAnyNumberOfThreads(boolean masked) {
    float[] expected = fitted(1, masked);
    for (int threads = 2; threads <= 5; threads++) {
      assertArrayEquals(expected, fitted(threads, masked));
    }
  }

  private static float[] fitted(int threads, boolean masked) {
    Sequential model =
        Sequential.of(
                BatchNormalization.of(),
                Lstm.builder(70).returnSequences(true).build(),
                HALF,
                Dense.of(33, Activation.TANH),
                LayerNormalization.of(),
                Lstm.of(20),
                HALF,
                Dense.of(2))
            .build(3, 42)
            .compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    Tensor x = ReferenceModel.random(1, 75, 30, 3); // batches of 32, 32 and 11
    Tensor y = ReferenceModel.random(2, 75, 2);
    int[] lengths = new int[75];
    Arrays.setAll(lengths, i -> masked ? i * 7 % 31 : 30);
    FitOptions options = FitOptions.builder().epochs(2).threads(threads).ownThreads(true).build();
    if (masked) {
      model.fit(x, Mask.ofLengths(30, lengths), y, options);
    } else {
      model.fit(x, y, options);
    }
    return ReferenceModel.weights(model);
  }

  /** A step on the model's own weights, not through a fit. */
  private static TrainingStep step(Sequential model, ModelWeights weights, Tensor x, Tensor y) {
    Compilation mse = ReferenceModel.compilation(Loss.MEAN_SQUARED_ERROR);
    Plan plan = ReferenceModel.shapes(model);
    TrainingData data = TrainingData.of("test", plan, mse, Samples.of(x, null, y));
    OptimizerState state = Sgd.of(1e-9).state(weights);
    TrainingStep step = ReferenceModel.step(data, mse, weights, state, 16, 0, 2);
    step.begin(0);
    step.source(data.feed(TimeParts.WHOLE));
    return step;
  }

  private static int[] order() {
    int[] order = new int[16];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @Test
  void aBatchWhoseGradientsOverflowMovesNothing() {
    Sequential model = Sequential.of(HALF, Dense.of(2)).build(3, 1);
    ModelWeights weights = ReferenceModel.shapes(model).initialized(1);
    Tensor y = ReferenceModel.random(2, 16, 2);
    Tensor x = ReferenceModel.random(1, 16, 3);
    Tensor kernel = weights.all().get(4).value().copy();
    weights.all().get(4).set(kernel.copy().fill(Float.MAX_VALUE));
    float[] before = weights.all().get(2).value().toArray();
    long revision = weights.revision().number();
    TrainingStep step = step(model, weights, x, y);
    step.run(order(), 0, 16);
    assertFalse(step.update(1e-9, Clipping.NONE));
    assertArrayEquals(before, weights.all().get(2).value().toArray());
    assertEquals(revision, weights.revision().number());
    weights.all().get(4).set(kernel);
    step.begin(0);
    step.run(order(), 0, 16);
    assertTrue(step.update(1e-9, Clipping.NONE));
    assertFalse(Arrays.equals(before, weights.all().get(2).value().toArray()));
  }

  /** Of two batches that are learnt from together each moves them, as Keras has it. */
  @Test
  void accumulatedBatchesMoveThemToo() {
    Sequential model = Sequential.of(HALF, Dense.of(2)).build(3, 1);
    ModelWeights weights = ReferenceModel.shapes(model).initialized(1);
    Tensor x = ReferenceModel.random(1, 16, 3);
    TrainingStep step = step(model, weights, x, ReferenceModel.random(2, 16, 2));
    float mean = x.get(0, 0);
    for (int sample = 1; sample < 16; sample++) {
      mean += x.get(sample, 0);
    }
    mean /= 16;
    long revision = weights.revision().number();
    step.run(order(), 0, 16);
    step.accumulate();
    assertEquals(mean / 2, weights.all().get(2).value().get(0), 1e-6);
    assertTrue(weights.revision().number() > revision);
    step.run(order(), 0, 16);
    assertTrue(step.update(1e-9, Clipping.NONE));
    assertEquals(mean * 3 / 4, weights.all().get(2).value().get(0), 1e-6);
  }

  @Test
  @Tag("own-jvm")
  void aStepAllocatesNothing() {
    stepAllocatesNothing(Sequential.of(HALF, SEQUENCES, HALF, Lstm.of(3), Dense.of(2)));
    Regularizer penalty = new Regularizer(0.25, 0.5);
    Dense held = Dense.builder(2).kernelRegularizer(penalty).build();
    stepAllocatesNothing(
        Sequential.of(SEQUENCES, HALF.trainable(false), Lstm.of(3).trainable(false), held));
  }

  private static void stepAllocatesNothing(Sequential chain) {
    Sequential model = chain.build(3, 1);
    ModelWeights weights = ReferenceModel.shapes(model).initialized(1);
    Tensor x = ReferenceModel.random(1, 16, 8, 3);
    TrainingStep step = step(model, weights, x, ReferenceModel.random(2, 16, 2));
    int[] order = order();
    try (Workers workers = new Workers(2)) {
      step.team(workers);
      Runnable update =
          () -> {
            step.run(order, 0, 16);
            step.update(Double.MIN_VALUE, Clipping.NONE);
          };
      assertEquals(0, Allocations.perCall(update));
    }
  }

  @Test
  void refusesSettingsOutOfRange() {
    for (double value : new double[] {-0.1, 1.1, Double.NaN}) {
      refuses(
          "BatchNormalization: momentum=" + value + ", expected from 0 to 1",
          () -> BatchNormalization.builder().momentum(value));
    }
    refuses(
        "BatchNormalization: epsilon=0.0, expected a finite number above 0",
        () -> BatchNormalization.builder().epsilon(0));
    assertEquals(1, BatchNormalization.builder().momentum(1).build().momentum());
  }
}
