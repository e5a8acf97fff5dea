package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PredictorTest {

  /**
   * The published shapes; of the large ones fewer rows and steps, never other features or units.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 32, 64", // step-h64
    "1, 1, 64, 256", // step-h256
    "1, 1, 1024, 1024", // step-h1024
    "3, 20, 2, 64", // seed-tiny
    "32, 10, 128, 64", // seed-torch
    "1, 100, 64, 128", // seq1-h128
    "5, 28, 28, 128", // mnist
    "3, 50, 128, 256", // mid
    "2, 5, 512, 512", // ds-512
    "1, 3, 1024, 1024", // ds-1024
    "2, 500, 16, 64", // long
    "70, 3, 1, 50", // train-sine
    "2, 9, 100, 100", // train-text
    "65, 2, 7, 5",
    "1, 1, 1, 1",
  })
  void isWithinOneMillionthOfTheDoubleReference(int batch, int steps, int features, int units) {
    Lstm lstm = Lstm.builder(units).returnSequences(true).build();
    Sequential model = Sequential.of(lstm).build(features, 7);
    Tensor x = ReferenceModel.random(batch, batch, steps, features);
    assertClose(1e-6, model, x);
  }

  /** But for the exponential, which multiplies a rounding without limit from step to step. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPONENTIAL")
  void runsEveryActivationOnEitherSide(Activation activation) {
    Lstm first =
        Lstm.builder(19).activation(activation).returnSequences(true).useBias(false).build();
    Lstm second = Lstm.builder(17).recurrentActivation(activation).goBackwards(true).build();
    Sequential model =
        Sequential.of(first, Dense.of(23, activation), second, Dense.of(3)).build(5, 3);
    assertClose(2e-5, model, ReferenceModel.random(1, 9, 6, 5));
  }

  @Test
  void keepsTheOrderOfBackwardsOutputs() {
    Lstm backwards = Lstm.builder(6).goBackwards(true).returnSequences(true).build();
    Sequential model = Sequential.of(backwards, Dense.of(2)).build(3, 1);
    assertClose(1e-6, model, ReferenceModel.random(2, 4, 100, 3));
  }

  @Test
  void normalizesInAndOut() {
    float[] mean = {100, -3};
    float[] deviation = {25, 0.5f};
    Sequential model =
        Sequential.of(
                Normalization.of(mean, deviation),
                Lstm.of(8),
                Dense.of(1),
                Normalization.inverse(new float[] {1000}, new float[] {300}))
            .build(2, 1);
    Tensor x = Tensor.of(new float[] {100, -3, 125, -2.5f, 75, -3.5f, 100, -3}, 2, 2, 2);
    assertClose(1e-3, model, x);
    Sequential alone = Sequential.of(Normalization.of(mean, deviation)).build(2, 1);
    assertArrayEquals(new float[] {0, 0, 1, 1, -1, -1, 0, 0}, alone.predict(x).toArray());
  }

  private static void assertClose(double tolerance, Sequential model, Tensor x) {
    double[][][] expected = new ReferenceModel(model).forward(ReferenceModel.timeMajor(x));
    double[][][] actual = ReferenceModel.timeMajor(model.predict(x));
    assertEquals(expected.length, actual.length, "steps");
    double worst = 0;
    for (int t = 0; t < expected.length; t++) {
      assertEquals(expected[t].length, actual[t].length, "batch");
      for (int b = 0; b < expected[t].length; b++) {
        assertEquals(expected[t][b].length, actual[t][b].length, "width");
        for (int u = 0; u < expected[t][b].length; u++) {
          assertTrue(Double.isFinite(actual[t][b][u]));
          worst = Math.max(worst, Math.abs(expected[t][b][u] - actual[t][b][u]));
        }
      }
    }
    assertTrue(worst <= tolerance, "largest error " + worst);
  }

  private static Sequential stacked() {
    return Sequential.of(
            Lstm.builder(33).returnSequences(true).build(),
            Lstm.builder(20).goBackwards(true).build(),
            Dense.of(3, Activation.TANH))
        .build(11, 5);
  }

  @Test
  void givesASampleTheSameBitsAloneAndInABatch() {
    Predictor predictor = stacked().predictor();
    Tensor x = ReferenceModel.random(1, 150, 7, 11);
    Tensor together = predictor.predict(x);
    for (long sample : new long[] {0, 1, 63, 64, 127, 128, 149}) {
      Tensor alone = predictor.predict(x.slice(0, sample, sample + 1));
      assertArrayEquals(together.select(0, sample).toArray(), alone.toArray());
    }
  }

  @Test
  void givesTheSameBitsOnAnyNumberOfThreads() {
    Sequential model = stacked();
    Tensor x = ReferenceModel.random(1, 301, 40, 11); // enough work for four threads
    float[] expected = predictOn(1, model, x);
    assertArrayEquals(expected, predictOn(2, model, x));
    assertArrayEquals(expected, predictOn(3, model, x));
    assertArrayEquals(expected, predictOn(4, model, x));
  }

  /** Shared out by units under many rows, more of them than are run side by side. */
  @Test
  void givesTheSameBitsOfLargeWeightsOnAnyNumberOfThreads() {
    Lstm every = Lstm.builder(256).returnSequences(true).build();
    Sequential model = Sequential.of(every).build(100, 5);
    Tensor x = ReferenceModel.random(1, 133, 3, 100);
    float[] expected = predictOn(1, model, x);
    assertArrayEquals(expected, predictOn(2, model, x));
    assertArrayEquals(expected, predictOn(3, model, x));
    try (Arena arena = Arena.ofConfined()) {
      assertArrayEquals(expected, predictOn(2, model, x.copy(arena)));
    }
    int[] lengths = new int[133];
    Arrays.setAll(lengths, i -> i % 4);
    Mask mask = Mask.ofLengths(3, lengths);
    assertArrayEquals(
        model.predictor().predict(x, mask).toArray(),
        model.predictor(PredictorOptions.builder().threads(2).build()).predict(x, mask).toArray());
  }

  private static float[] predictOn(int threads, Sequential model, Tensor x) {
    return model
        .predictor(PredictorOptions.builder().threads(threads).ownThreads(true).build())
        .predict(x)
        .toArray();
  }

  @Test
  void takesAndFillsTensorsOfAnyStrides() {
    Predictor predictor =
        Sequential.of(Lstm.builder(20).returnSequences(true).build()).build(18, 1).predictor();
    Tensor x = ReferenceModel.random(1, 6, 9, 18);
    Tensor expected = predictor.predict(x);
    Tensor timeMajor = x.permute(1, 0, 2).copy().permute(1, 0, 2);
    assertArrayEquals(expected.toArray(), predictor.predict(timeMajor).toArray());
    Tensor featuresFirst = x.permute(2, 0, 1).copy().permute(1, 2, 0);
    assertArrayEquals(expected.toArray(), predictor.predict(featuresFirst).toArray());
    Tensor y = Tensor.zeros(20, 9, 6).permute(2, 1, 0);
    predictor.predict(x, y);
    assertArrayEquals(expected.toArray(), y.toArray());
    Tensor wide = Tensor.zeros(8, 9, 30).fill(-5);
    predictor.predict(x, wide.slice(0, 1, 7).slice(2, 4, 24));
    assertArrayEquals(expected.toArray(), wide.slice(0, 1, 7).slice(2, 4, 24).toArray());
    assertArrayEquals(filled(8 * 9 * 4), wide.slice(2, 0, 4).toArray());
    assertArrayEquals(filled(8 * 9 * 6), wide.slice(2, 24, 30).toArray());
    assertArrayEquals(filled(9 * 30), wide.select(0, 7).toArray());
  }

  private static float[] filled(int n) {
    float[] values = new float[n];
    Arrays.fill(values, -5);
    return values;
  }

  @Test
  void reusesAWorkspaceForSmallerCallsWithoutATrace() {
    Predictor predictor = stacked().predictor();
    Tensor small = ReferenceModel.random(2, 3, 5, 11);
    float[] expected = predictor.predict(small).toArray();
    Tensor huge = ReferenceModel.random(3, 90, 9, 11).fill(Float.NaN);
    assertTrue(Float.isNaN(predictor.predict(huge).get(0, 0)));
    assertArrayEquals(expected, predictor.predict(small).toArray());
  }

  @Test
  void takesAnEmptyBatch() {
    Tensor y = stacked().predict(Tensor.zeros(0, 4, 11));
    assertEquals(Shape.of(0, 3), y.shape());
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    Predictor predictor = stacked().predictor(PredictorOptions.builder().threads(2).build());
    Tensor x = ReferenceModel.random(1, 128, 40, 11);
    float[] expected = predictor.predict(x).toArray();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int call = 0; call < 12; call++) {
        Callable<float[]> task = () -> predictor.predict(x).toArray();
        results.add(pool.submit(task));
      }
      for (Future<float[]> result : results) {
        assertArrayEquals(expected, result.get());
      }
    }
  }

  @Test
  void takesAConfinedTensorOnTheCallingThread() {
    Sequential model = stacked();
    Tensor x = ReferenceModel.random(1, 300, 40, 11);
    try (Arena arena = Arena.ofConfined()) {
      assertArrayEquals(predictOn(1, model, x), predictOn(4, model, x.copy(arena)));
    }
  }

  @Test
  void refusesAClosedArena() {
    Sequential model = stacked();
    Arena arena = Arena.ofShared();
    Tensor x = Tensor.zeros(arena, 2, 4, 11);
    arena.close();
    assertThrows(IllegalStateException.class, () -> model.predict(x));
  }

  @Test
  @Tag("own-jvm")
  void predictsIntoATensorWithoutAllocating() {
    Lstm every = Lstm.builder(33).returnSequences(true).build();
    Sequential model = Sequential.of(every, Lstm.of(20), Dense.of(3)).build(11, 5);
    assertAllocatesNothing(model, 1, ReferenceModel.random(1, 20, 9, 11));
    assertAllocatesNothing(model, 2, ReferenceModel.random(1, 200, 40, 11));
    Sequential large = Sequential.of(Lstm.of(256), Dense.of(3)).build(300, 5);
    assertAllocatesNothing(large, 2, ReferenceModel.random(1, 20, 9, 300));
  }

  private static void assertAllocatesNothing(Sequential model, int threads, Tensor x) {
    Predictor predictor =
        model.predictor(PredictorOptions.builder().threads(threads).ownThreads(true).build());
    Tensor y = Tensor.zeros(x.dim(0), 3);
    assertEquals(0, Allocations.perCall(() -> predictor.predict(x, y)));
  }

  @Test
  void keepsItsWeightsWhenTheModelChanges() {
    Sequential model = stacked();
    Predictor before = model.predictor();
    Tensor x = ReferenceModel.random(1, 2, 3, 11);
    float[] expected = before.predict(x).toArray();
    model.weights().forEach(weight -> fill(weight, 0.25f));
    assertArrayEquals(expected, before.predict(x).toArray());
  }

  private static void fill(Weight weight, float value) {
    weight.set(Tensor.zeros(weight.shape().toArray()).fill(value));
  }
}
