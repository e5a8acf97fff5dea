package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StreamTest {
  private static final int BATCH = 3;
  private static final int STEPS = 9;
  private static final int FEATURES = 5;

  private static Sequential model() {
    return Sequential.of(
            Normalization.of(new float[] {1, 2, 3, 4, 5}, new float[] {1, 2, 1, 2, 1}),
            Lstm.builder(21).returnSequences(true).build(),
            Lstm.builder(18).activation(Activation.RELU).returnSequences(true).build(),
            Dense.of(4, Activation.SIGMOID))
        .build(FEATURES, 9);
  }

  private final Tensor x = ReferenceModel.random(4, BATCH, STEPS, FEATURES);
  private final Predictor predictor = model().predictor();

  private float[] step(Stream stream, int step) {
    Tensor y = Tensor.zeros(BATCH, 4);
    stream.step(x.select(1, step), y);
    return y.toArray();
  }

  @Test
  void aPaddedStepGivesZerosWhereTheLayerAsks() {
    Lstm zeros = Lstm.builder(3).returnSequences(true).zeroOutputForMask(true).build();
    Sequential model = Sequential.of(Masking.of(0), zeros, Lstm.of(2)).build(1, 4);
    Tensor x = Tensor.of(new float[] {1, 0, 2, 0, 0, 3, 0, 1}, 2, 4, 1);
    for (Sequential each : List.of(model, Sequential.of(Masking.of(0), zeros).build(1, 4))) {
      Tensor whole = each.predict(x);
      Stream stream = each.predictor().stream(2);
      Tensor y = Tensor.zeros(2, whole.dim(-1));
      for (int step = 0; step < 4; step++) {
        stream.step(x.select(1, step), y);
        if (whole.rank() == 3) {
          assertArrayEquals(whole.select(1, step).toArray(), y.toArray(), "step " + step);
        }
      }
      Tensor last = whole.rank() == 3 ? whole.select(1, 3) : whole;
      assertArrayEquals(last.toArray(), y.toArray());
    }
  }

  @Test
  void stepByStepIsTheWholeSequenceBitForBit() {
    Tensor whole = predictor.predict(x);
    Stream stream = predictor.stream(BATCH);
    for (int step = 0; step < STEPS; step++) {
      assertArrayEquals(whole.select(1, step).toArray(), step(stream, step), "step " + step);
    }
  }

  @Test
  void theLastStepIsThePredictionOfALayerThatReturnsOnlyThat() {
    Predictor last = Sequential.of(Lstm.of(7), Dense.of(2)).build(FEATURES, 2).predictor();
    Stream stream = last.stream(BATCH);
    Tensor y = Tensor.zeros(BATCH, 2);
    for (int step = 0; step < STEPS; step++) {
      stream.step(x.select(1, step), y);
    }
    assertArrayEquals(last.predict(x).toArray(), y.toArray());
  }

  @Test
  void goesOnFromASavedState() {
    Stream stream = predictor.stream(BATCH);
    for (int step = 0; step < 5; step++) {
      step(stream, step);
    }
    StreamState state = stream.save();
    float[] next = step(stream, 5);
    step(stream, 6); // must not change what was saved
    Stream other = predictor.stream(BATCH);
    other.restore(state);
    assertArrayEquals(next, step(other, 5));
    other.reset();
    step(other, 0); // at an odd step the states lie elsewhere
    other.restore(state);
    assertArrayEquals(next, step(other, 5));
    assertEquals(
        List.of(Shape.of(3, 21), Shape.of(3, 18)), state.h().stream().map(Tensor::shape).toList());
    assertEquals(
        List.of(Shape.of(3, 21), Shape.of(3, 18)), state.c().stream().map(Tensor::shape).toList());
  }

  @Test
  void savesHAndCUnderTheirNames() {
    Predictor one = Sequential.of(Lstm.of(4)).build(FEATURES, 1).predictor();
    Stream stream = one.stream(BATCH);
    Tensor y = Tensor.zeros(BATCH, 4);
    stream.step(x.select(1, 0), y);
    assertArrayEquals(y.toArray(), stream.save().h().getFirst().toArray());
    float[] c = stream.save().c().getFirst().toArray();
    float[] h = y.toArray();
    for (int i = 0; i < c.length; i++) { // |h| = o * |tanh(c)| < |c|
      assertEquals(Math.signum(h[i]), Math.signum(c[i]));
      assertTrue(Math.abs(h[i]) < Math.abs(c[i]));
    }
  }

  @Test
  void beginsAnewAfterReset() {
    Stream stream = predictor.stream(BATCH);
    float[] first = step(stream, 0);
    step(stream, 1);
    step(stream, 2);
    stream.reset();
    assertArrayEquals(first, step(stream, 0));
  }

  @Test
  void stepsOverBareMemory() {
    Stream stream = predictor.stream(BATCH);
    float[] in = new float[2 + BATCH * FEATURES];
    System.arraycopy(x.select(1, 0).toArray(), 0, in, 2, BATCH * FEATURES);
    float[] out = new float[3 + BATCH * 4];
    stream.step(MemorySegment.ofArray(in), 2, MemorySegment.ofArray(out), 3);
    float[] expected = new float[3 + BATCH * 4];
    System.arraycopy(step(predictor.stream(BATCH), 0), 0, expected, 3, BATCH * 4);
    assertArrayEquals(expected, out);
  }

  @Test
  @Tag("own-jvm")
  void allocatesNothingAStep() {
    Stream stream =
        Sequential.of(
            Normalization.of(new float[FEATURES], new float[] {1, 2, 1, 2, 1}),
            Lstm.builder(21).returnSequences(true).build(),
            Lstm.of(32),
            Dense.of(4))
            .build(FEATURES, 9)
            .predictor()
            .stream(BATCH);
    Tensor in = x.select(1, 0);
    Tensor out = Tensor.zeros(BATCH, 4);
    assertEquals(0, Allocations.perCall(() -> stream.step(in, out)));
    MemorySegment from = Arena.ofAuto().allocate(BATCH * FEATURES * 4L, 4);
    MemorySegment to = Arena.ofAuto().allocate(BATCH * 4 * 4L, 4);
    assertEquals(0, Allocations.perCall(() -> stream.step(from, 0, to, 0)));
  }

  @Test
  void refusesOtherShapes() {
    Stream stream = predictor.stream(BATCH);
    assertMessage(
        "Stream.step: x is (3, 4), expected (batch, features) = (3, 5)",
        () -> stream.step(Tensor.zeros(3, 4), Tensor.zeros(3, 4)));
    assertMessage(
        "Stream.step: y is (2, 4), expected (batch, units) = (3, 4)",
        () -> stream.step(Tensor.zeros(3, 5), Tensor.zeros(2, 4)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> {
          MemorySegment small = Arena.ofAuto().allocate(8, 4);
          stream.step(small, 0, small, 0);
        });
  }

  @Test
  void refusesStatesOfAnotherModel() {
    Stream stream = predictor.stream(BATCH);
    StreamState state = predictor.stream(2).save();
    assertMessage(
        "Stream.restore: h of Lstm \"lstm\" is (2, 21), expected (batch, units) = (3, 21)",
        () -> stream.restore(state));
    assertMessage(
        "Stream.restore: the model keeps h of 2 layers and c of 2, the state holds h of 1 and c of 0",
        () -> stream.restore(new StreamState(List.of(Tensor.zeros(3, 21)), List.of())));
  }

  @Test
  void refusesALayerThatGoesBackwards() {
    Lstm layer = Lstm.builder(4).goBackwards(true).name("reverse").build();
    Predictor backwards = Sequential.of(layer).build(2, 0).predictor();
    assertMessage(
        "Predictor.stream: Lstm \"reverse\" goes backwards, so its first step is the sequence's last"
            + " one, which a stream has not seen. Predict whole sequences: predict(x)",
        () -> backwards.stream(1));
    assertMessage("Predictor.stream: batch=0, expected 1 or more", () -> predictor.stream(0));
  }

  private static void assertMessage(String expected, Runnable call) {
    Exception thrown = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(expected, thrown.getMessage());
  }
}
