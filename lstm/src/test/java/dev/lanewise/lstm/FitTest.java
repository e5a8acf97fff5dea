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
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FitTest {

  private static Tensor sineWindows(int samples, int length) {
    Tensor x = Tensor.zeros(samples, length, 1);
    for (int s = 0; s < samples; s++) {
      for (int t = 0; t < length; t++) {
        x.set((float) Math.sin((s + t) * 0.1), s, t, 0);
      }
    }
    return x;
  }

  private static Tensor sineNext(int samples, int length) {
    Tensor y = Tensor.zeros(samples, 1);
    for (int s = 0; s < samples; s++) {
      y.set((float) Math.sin((s + length) * 0.1), s, 0);
    }
    return y;
  }

  private static Sequential compiled(Optimizer optimizer, int features, Layer... layers) {
    return Sequential.of(layers).build(features, 42).compile(optimizer, Loss.MEAN_SQUARED_ERROR);
  }

  private static Sequential small(Optimizer optimizer) {
    return compiled(
        optimizer, 3, Lstm.builder(9).returnSequences(true).build(), Lstm.of(5), Dense.of(2));
  }

  @Test
  void learnsASine() {
    Sequential model = compiled(Adam.of(0.01), 1, Lstm.of(20), Dense.of(1));
    FitOptions options = FitOptions.builder().epochs(30).build();
    History history = model.fit(sineWindows(200, 10), sineNext(200, 10), options);
    double[] loss = history.loss();
    assertEquals(30, loss.length);
    assertTrue(loss[29] < loss[0] / 200, Arrays.toString(loss));
    assertTrue(loss[29] < 1e-3, Arrays.toString(loss));
    double after = model.evaluate(sineWindows(200, 10), sineNext(200, 10)).loss();
    assertTrue(after < 1e-3, "evaluates to " + after);
  }

  @Test
  void givesTheSameBitsOnAnyNumberOfThreads() {
    Tensor x = ReferenceModel.random(1, 75, 30, 3); // batches of 32, 32 and 11
    Tensor y = ReferenceModel.random(2, 75, 2);
    float[] expected = fitted(1, x, y);
    assertArrayEquals(expected, fitted(2, x, y));
    assertArrayEquals(expected, fitted(3, x, y));
    assertArrayEquals(expected, fitted(4, x, y));
  }

  private static float[] fitted(int threads, Tensor x, Tensor y) {
    Sequential model =
        compiled(
            Adam.builder().globalClipNorm(0.05).build(),
            3,
            Lstm.builder(70).returnSequences(true).build(),
            Dense.of(33, Activation.TANH),
            Lstm.builder(20).goBackwards(true).build(),
            Dense.of(2));
    model.fit(x, y, FitOptions.builder().epochs(2).threads(threads).ownThreads(true).build());
    return ReferenceModel.weights(model);
  }

  @Test
  void dependsOnTheSeedsAndOnNothingElse() {
    Tensor x = ReferenceModel.random(1, 40, 4, 3);
    Tensor y = ReferenceModel.random(2, 40, 2);
    float[] first = seeded(5, true, x, y);
    assertArrayEquals(first, seeded(5, true, x, y));
    assertFalse(Arrays.equals(first, seeded(6, true, x, y)));
    assertFalse(Arrays.equals(first, seeded(5, false, x, y)));
    assertArrayEquals(seeded(5, false, x, y), seeded(6, false, x, y));
  }

  private static float[] seeded(long seed, boolean shuffle, Tensor x, Tensor y) {
    Sequential model = small(Adam.of());
    FitOptions options =
        FitOptions.builder().epochs(2).batchSize(16).seed(seed).shuffle(shuffle).build();
    model.fit(x, y, options);
    return ReferenceModel.weights(model);
  }

  @Test
  void tellsEachEpochAndBatch() {
    Sequential model = small(Adam.of());
    Tensor x = ReferenceModel.random(1, 10, 4, 3);
    Tensor y = ReferenceModel.random(2, 10, 2);
    double before = model.evaluate(x, y).loss();
    List<Epoch> epochs = new ArrayList<>();
    List<BatchProgress> batches = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .epochs(2)
            .batchSize(4)
            .onEpoch(epochs::add)
            .onBatch(batches::add)
            .build();
    History history = model.fit(x, y, options);
    assertEquals(epochs, history.epochs());
    assertEquals(2, epochs.size());
    assertEquals(1, epochs.get(1).index());
    assertEquals(2, epochs.get(1).of());
    assertTrue(Double.isNaN(history.validationLoss()[0]));
    assertEquals(6, batches.size());
    assertEquals(List.of(4, 4, 2, 4, 4, 2), batches.stream().map(BatchProgress::samples).toList());
    BatchProgress last = batches.get(5);
    assertEquals(new BatchProgress(1, 2, 2, 3, 2, last.loss()), last);
    double mean = 0;
    for (BatchProgress batch : batches.subList(0, 3)) {
      mean += batch.loss() * batch.samples() / 10;
    }
    assertEquals(mean, epochs.get(0).loss(), 1e-12);
    Sequential whole = small(Adam.of());
    assertEquals(before, whole.fit(x, y, FitOptions.of()).loss()[0], 1e-12); // before the update
  }

  @Test
  void shufflesEveryEpochAnew() {
    Sequential model = small(Sgd.of(Double.MIN_VALUE)); // so that a sample's loss stays
    List<Double> losses = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .epochs(2)
            .batchSize(1)
            .onBatch(batch -> losses.add(batch.loss()))
            .build();
    model.fit(ReferenceModel.random(1, 10, 4, 3), ReferenceModel.random(2, 10, 2), options);
    List<Double> first = losses.subList(0, 10);
    List<Double> second = losses.subList(10, 20);
    assertFalse(first.equals(second));
    assertEquals(first.stream().sorted().toList(), second.stream().sorted().toList());
  }

  @Test
  void validatesOnTheTailBeforeShuffling() {
    Tensor x = ReferenceModel.random(1, 10, 4, 3);
    Tensor y = ReferenceModel.random(2, 10, 2);
    Sequential split = small(Adam.of());
    double[] loss =
        split
            .fit(x, y, FitOptions.builder().epochs(3).validationSplit(0.25).build())
            .validationLoss();
    Sequential given = small(Adam.of());
    FitOptions options =
        FitOptions.builder().epochs(3).validationData(x.slice(0, 7, 10), y.slice(0, 7, 10)).build();
    History history = given.fit(x.slice(0, 0, 7), y.slice(0, 0, 7), options);
    assertArrayEquals(ReferenceModel.weights(given), ReferenceModel.weights(split));
    assertArrayEquals(history.validationLoss(), loss);
    assertEquals(split.evaluate(x.slice(0, 7, 10), y.slice(0, 7, 10)).loss(), loss[2]);
  }

  @Test
  void takesTargetsWithoutALastAxisOfOne() {
    Tensor x = ReferenceModel.random(1, 6, 4, 3);
    Tensor y = ReferenceModel.random(2, 6, 1);
    Sequential two = compiled(Adam.of(), 3, Lstm.of(4), Dense.of(1));
    Sequential one = compiled(Adam.of(), 3, Lstm.of(4), Dense.of(1));
    two.fit(x, y, FitOptions.of());
    one.fit(x, y.squeeze(1), FitOptions.of());
    assertArrayEquals(ReferenceModel.weights(two), ReferenceModel.weights(one));
    assertEquals(two.evaluate(x, y), one.evaluate(x, y.squeeze(1)));
  }

  @Test
  void takesSequenceTargetsWithoutALastAxisOfOne() {
    Lstm every = Lstm.builder(4).returnSequences(true).build();
    Tensor x = ReferenceModel.random(1, 6, 4, 3);
    Tensor y = ReferenceModel.random(2, 6, 4, 1);
    Sequential three = compiled(Adam.of(), 3, every, Dense.of(1));
    Sequential two = compiled(Adam.of(), 3, every, Dense.of(1));
    three.fit(x, y, FitOptions.of());
    two.fit(x, y.squeeze(2), FitOptions.of());
    assertArrayEquals(ReferenceModel.weights(three), ReferenceModel.weights(two));
  }

  @Test
  void readsTensorsOfAnyStrides() {
    Tensor x = ReferenceModel.random(1, 40, 30, 3);
    Tensor y = ReferenceModel.random(2, 40, 2);
    Sequential dense = small(Adam.of());
    dense.fit(x, y, FitOptions.of());
    Sequential strided = small(Adam.of());
    Tensor other = x.permute(2, 1, 0).copy().permute(2, 1, 0);
    strided.fit(other, y.transpose().copy().transpose(), FitOptions.of());
    assertArrayEquals(ReferenceModel.weights(dense), ReferenceModel.weights(strided));
    Sequential confined = compiled(Adam.of(), 3, Lstm.of(60), Dense.of(2));
    Sequential shared = compiled(Adam.of(), 3, Lstm.of(60), Dense.of(2));
    try (Arena arena = Arena.ofConfined()) {
      confined.fit(x.copy(arena), y.copy(arena), FitOptions.builder().threads(2).build());
    }
    shared.fit(x, y, FitOptions.builder().threads(2).build());
    assertArrayEquals(ReferenceModel.weights(shared), ReferenceModel.weights(confined));
  }

  @Test
  void anotherFitGoesOnAsIfItsMemoryWereNew() {
    FitOptions options = FitOptions.builder().batchSize(16).epochs(2).threads(2).build();
    float[][] weights = new float[2][];
    for (int i = 0; i < 2; i++) { // the second model forgets its memory by compiling
      Lstm first = Lstm.builder(9).returnSequences(true).build();
      Sequential model = compiled(Sgd.of(0.1), 3, first, Dropout.of(0.4), Lstm.of(5), Dense.of(2));
      for (int length : new int[] {6, 6, 4, 6}) { // 37 samples: the last batch is a small one
        Tensor x = ReferenceModel.random(length, 37, length, 3);
        model.fit(x, ReferenceModel.random(2, 37, 2), options);
        model.weights().getFirst().set(0.5f, 0, 0);
        if (i == 1) {
          model.compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
        }
      }
      weights[i] = ReferenceModel.weights(model);
    }
    assertArrayEquals(weights[1], weights[0]);
  }

  @Test
  @Tag("own-jvm")
  void aStepAllocatesNothing() {
    Tensor x = ReferenceModel.random(1, 16, 8, 3);
    Tensor y = ReferenceModel.random(2, 16, 2);
    Sequential model = small(Adam.of());
    ModelWeights weights = ReferenceModel.shapes(model).initialized(1);
    Compilation mse = ReferenceModel.compilation(Loss.MEAN_SQUARED_ERROR);
    TrainingData data =
        TrainingData.of("test", ReferenceModel.shapes(model), mse, Samples.of(x, null, y));
    OptimizerState state = Adam.of(1e-9).state(weights);
    try (Workers workers = new Workers(2)) {
      TrainingStep step = ReferenceModel.step(data, mse, weights, state, 16, 0, 2);
      step.team(workers);
      step.begin(0);
      step.source(data.feed(TimeParts.WHOLE));
      int[] order = new int[16];
      Arrays.setAll(order, i -> i);
      Runnable update =
          () -> {
            step.run(order, 0, 16);
            step.update(Double.MIN_VALUE, Clipping.NONE);
          };
      assertEquals(0, Allocations.perCall(update));
    }
  }

  @Test
  void leavesTheWeightsAloneWhenTheLossExplodes() {
    Lstm relu = Lstm.builder(8).activation(Activation.RELU).build();
    Sequential model = compiled(Sgd.of(1e6), 1, relu, Dense.of(1));
    Tensor x = sineWindows(64, 10);
    List<float[]> before = new ArrayList<>();
    FitOptions options =
        FitOptions.builder()
            .epochs(50)
            .onBatch(_ -> before.add(ReferenceModel.weights(model)))
            .build();
    Exception thrown =
        assertThrows(ArithmeticException.class, () -> model.fit(x, sineNext(64, 10), options));
    int updates = before.size();
    assertTrue(updates > 0, "explodes at once");
    assertArrayEquals(before.getLast(), ReferenceModel.weights(model));
    for (float weight : ReferenceModel.weights(model)) {
      assertTrue(Float.isFinite(weight));
    }
    String where = " in epoch " + updates / 2 + ", batch " + updates % 2 + ", counted from 0.";
    assertTrue(thrown.getMessage().contains(where), thrown.getMessage());
  }

  @Test
  void aListenerThatThrowsEndsTheFit() {
    Sequential model = small(Adam.of());
    FitOptions options =
        FitOptions.builder()
            .onBatch(
                _ -> {
                  throw new UnsupportedOperationException("enough");
                })
            .build();
    Tensor x = ReferenceModel.random(1, 6, 4, 3);
    Exception thrown =
        assertThrows(
            UnsupportedOperationException.class,
            () -> model.fit(x, ReferenceModel.random(2, 6, 2), options));
    assertEquals("enough", thrown.getMessage());
  }
}
