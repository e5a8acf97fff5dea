package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.lstm.run.Axes;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WarmUpTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  static Stream<Sequential> models() {
    Lstm every = Lstm.builder(9).returnSequences(true).build();
    Bidirectional both = Bidirectional.of(every);
    Conv1d convolution = Conv1d.builder(4, 5).strides(2).dilation(3).build();
    Conv1d first = Conv1d.builder(4, 3).channels(Conv1d.Channels.FIRST).build();
    return Stream.of(
        Sequential.of(Lstm.of(16), Dense.of(1)).build(3, 1),
        Sequential.of(Embedding.builder(7, 5).maskZero(true).build(), Lstm.of(8)).build(1),
        Sequential.of(Embedding.of(1, 5), every, Dense.of(2)).build(1),
        Sequential.of(every, Flatten.of(), Dense.of(2)).build(6, 3, 1),
        Sequential.of(both, convolution, convolution, Lstm.of(5)).build(2, 1),
        Sequential.of(first, Lstm.of(5)).build(6, 11, 1),
        Sequential.of(Masking.of(0), Lstm.of(5)).build(2, 1),
        Sequential.of(Dense.of(12, Activation.RELU), Reshape.of(4, 3), Lstm.of(5)).build(6, 1),
        Sequential.of(Dense.of(4)).build(6, 1),
        Sequential.of(Lstm.builder(5).goBackwards(true).build()).build(1, 3, 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void runsAnyModel(Sequential model) {
    Predictor predictor = model.predictor(PredictorOptions.of());
    WarmUp done = predictor.warmUp(SHORT);
    assertTrue(done.calls() >= 5, done.toString());
    assertTrue(predictor.idleBytes() > 0);
  }

  @Test
  void settles() {
    Predictor predictor = Sequential.of(Lstm.of(16), Dense.of(1)).build(3, 1).predictor();
    WarmUp done = predictor.warmUp(Duration.ofMinutes(2));
    assertTrue(done.settled(), done.toString());
    assertTrue(done.time().compareTo(Duration.ofMinutes(2)) < 0);
  }

  @Test
  void makesNoCallWithoutTime() {
    Predictor predictor = Sequential.of(Lstm.of(16)).build(3, 1).predictor();
    WarmUp done = predictor.warmUp(Duration.ZERO);
    assertEquals(0, done.calls());
    assertFalse(done.settled());
    assertEquals(0, predictor.idleBytes());
  }

  @Test
  void leavesPredictionsAndStreamsAsTheyWere() {
    Sequential model = Sequential.of(Lstm.of(16), Dense.of(3)).build(5, 1);
    Tensor x = ReferenceModel.random(1, 20, 9, 5);
    Tensor expected = model.predictor(PredictorOptions.of()).predict(x);
    Predictor predictor = model.predictor(PredictorOptions.of());
    dev.lanewise.lstm.Stream stream = predictor.stream(20);
    Tensor y = Tensor.zeros(20, 3);
    for (int step = 0; step < 9; step++) {
      if (step == 4) {
        predictor.warmUp(SHORT);
      }
      stream.step(x.select(1, step), y);
    }
    assertArrayEquals(expected.toArray(), y.toArray());
    assertArrayEquals(expected.toArray(), predictor.predict(x).toArray());
  }

  @Test
  void letsOtherThreadsPredictAndWarmUpMeanwhile() throws Exception {
    Predictor predictor = Sequential.of(Lstm.of(40), Dense.of(3)).build(5, 1).predictor();
    Tensor x = ReferenceModel.random(1, 100, 30, 5);
    float[] expected = predictor.predict(x).toArray();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Callable<WarmUp> task = () -> predictor.warmUp(SHORT);
      Future<WarmUp> one = pool.submit(task);
      Future<WarmUp> other = pool.submit(task);
      do {
        assertArrayEquals(expected, predictor.predict(x).toArray());
      } while (!one.isDone() || !other.isDone());
      assertTrue(one.get().calls() > 0 && other.get().calls() > 0);
    }
  }

  @Test
  void refusesANegativeLimit() {
    Predictor predictor = Sequential.of(Lstm.of(4)).build(3, 1).predictor();
    Throwable refused =
        assertThrows(
            IllegalArgumentException.class, () -> predictor.warmUp(Duration.ofSeconds(-1)));
    assertEquals("Predictor.warmUp: limit=PT-1S, expected 0 or more", refused.getMessage());
  }

  @ParameterizedTest
  @MethodSource("models")
  void knowsTheWorkspaceOfACallBeforehand(Sequential model) {
    PredictorOptions alone = PredictorOptions.builder().threads(1).build();
    for (int batch : new int[] {1, 3, 128, 129, 300}) {
      Predictor predictor = model.predictor(alone);
      Plan shapes = ChainPlan.of(model.layers(), timesteps(model), model.features());
      int steps = shapes.steps().needed(8)[0];
      long expected = predictor.workspaceBytes(batch, steps);
      assertEquals(0, predictor.idleBytes());
      predictor.predict(Tensor.zeros(shapes.inputs().only(batch, steps).toArray()));
      assertEquals(expected, predictor.idleBytes(), "batch " + batch);
    }
  }

  private static int timesteps(Sequential model) {
    return model.timesteps() == 0 ? Axes.ANY : model.timesteps();
  }

  @Test
  void countsTheWorkspaceOfEveryThread() {
    Sequential model = Sequential.of(Lstm.of(40), Dense.of(3)).build(5, 1);
    Predictor two = model.predictor(PredictorOptions.builder().threads(2).build());
    Predictor one = model.predictor(PredictorOptions.builder().threads(1).build());
    assertEquals(one.workspaceBytes(1, 30), two.workspaceBytes(1, 30));
    assertEquals(2 * one.workspaceBytes(101, 30), two.workspaceBytes(201, 30));
    two.predict(Tensor.zeros(201, 30, 5));
    assertTrue(two.idleBytes() > 0 && two.idleBytes() <= two.workspaceBytes(201, 30));
  }

  @Test
  void refusesTheWorkspaceOfACallThatItWouldRefuse() {
    Sequential model = Sequential.of(Lstm.of(4)).build(3, 1);
    assertEquals(
        "Predictor.workspaceBytes: batch=0, expected 1 or more",
        assertThrows(IllegalArgumentException.class, () -> model.predictor().workspaceBytes(0, 5))
            .getMessage());
    Lstm every = Lstm.builder(9).returnSequences(true).build();
    Sequential fixed = Sequential.of(every, Flatten.of()).build(6, 3, 1);
    assertThrows(IllegalArgumentException.class, () -> fixed.predictor().workspaceBytes(1, 5));
  }

  @Test
  void countsThePackedWeights() {
    int line = 64;
    Sequential dense = Sequential.of(Dense.of(1)).build(16, 1);
    long strip = packed(16, 1, false);
    assertEquals(strip + line, dense.predictor().weightBytes());
    Sequential lstm = Sequential.of(Lstm.of(16)).build(32, 1);
    long gates = packed(32, 64, true) + packed(16, 64, true);
    assertEquals(gates + 4L * line, lstm.predictor().weightBytes());
    Sequential both = Sequential.of(Bidirectional.of(Lstm.of(16))).build(32, 1);
    assertEquals(2 * lstm.predictor().weightBytes(), both.predictor().weightBytes());
    Sequential ids = Sequential.of(Embedding.of(8, 32)).build(1);
    assertEquals(8 * 32 * 4, ids.predictor().weightBytes());
    Sequential convolution = Sequential.of(Conv1d.of(16, 3)).build(16, 1);
    assertEquals(3 * packed(16, 16, false) + line, convolution.predictor().weightBytes());
    assertEquals(0, Sequential.of(Masking.of(0)).build(3, 1).predictor().weightBytes());
  }

  private static long packed(int k, int n, boolean gates) {
    Arena arena = Arena.ofAuto();
    return (gates ? PackedMatrix.ofGates(arena, k, n) : PackedMatrix.of(arena, k, n)).byteSize();
  }
}
