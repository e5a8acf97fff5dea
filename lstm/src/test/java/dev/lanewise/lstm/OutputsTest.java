package dev.lanewise.lstm;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every operation that is given memory to write to, by where that lies. */
class OutputsTest {
  private static final int SAMPLES = 300; // more than run side by side

  private final Sequential model =
      Sequential.of(Lstm.builder(3).returnSequences(true).build()).build(3, 1);
  private final Predictor predictor = model.predictor();
  private final Tensor x = ReferenceModel.random(1, SAMPLES, 4, 3);
  private final float[] expected = predictor.predict(x).toArray();

  /** A place for x and one for y in one piece of memory, (samples + 1, 4, 6). */
  private record Places(Function<Tensor, Tensor> x, Function<Tensor, Tensor> y) {}

  private static final Places[] RIGHT = {
    new Places(t -> columns(t, 0), t -> columns(t, 0)), // the same view
    new Places(t -> columns(t, 0).flip(0), t -> columns(t, 0).flip(0)),
    new Places(t -> columns(t, 0), t -> columns(t, 3)), // side by side
    new Places(t -> columns(t, 3), t -> columns(t, 0).flip(0)),
    new Places(t -> t.slice(0, 0, SAMPLES).slice(2, 0, 6, 2), t -> odd(t, 0)), // interleaved
  };

  private static final Places[] WRONG = {
    new Places(t -> columns(t, 0), t -> columns(t, 0).flip(0)),
    new Places(t -> columns(t, 0), t -> columns(t, 2)),
    new Places(t -> columns(t, 0), t -> t.slice(0, 1, SAMPLES + 1).slice(2, 0, 3)),
    new Places(t -> t.slice(0, 1, SAMPLES + 1).slice(2, 0, 3), t -> columns(t, 0)),
    new Places(t -> odd(t, 0), t -> odd(t, 1)),
  };

  private static Tensor columns(Tensor block, long from) {
    return block.slice(0, 0, SAMPLES).slice(2, from, from + 3);
  }

  private static Tensor odd(Tensor block, long from) {
    return block.slice(0, from, from + SAMPLES).slice(2, 1, 6, 2);
  }

  private static final String SHARED =
      "Predictor.predict: y, (300, 4, 3), shares memory with x, (300, 4, 3), and is not the same"
          + " view: results would be written over input that is still to be read. Give a y of its"
          + " own, Tensor.zeros(300, 4, 3), or x.copy()";

  @Test
  void predictsOverTheVeryInputAndBesideIt() {
    for (Places places : RIGHT) {
      Tensor block = Tensor.zeros(SAMPLES + 1, 4, 6);
      Tensor y = places.y.apply(block);
      predictor.predict(places.x.apply(block).copyFrom(x), y);
      assertArrayEquals(expected, y.toArray());
    }
  }

  @Test
  void refusesToPredictOverAPartOfTheInput() {
    Mask all = Mask.ofLengths(4, new int[SAMPLES]);
    for (Places places : WRONG) {
      Tensor block = Tensor.zeros(SAMPLES + 1, 4, 6);
      Tensor in = places.x.apply(block).copyFrom(x);
      Tensor y = places.y.apply(block);
      refuses(SHARED, () -> predictor.predict(in, y));
      refuses(SHARED, () -> predictor.predict(in, all, y));
      assertArrayEquals(x.toArray(), in.toArray());
    }
  }

  @Test
  void stepsOverTheVeryInputAndNoPartOfIt() {
    Tensor step = ReferenceModel.random(2, 3, 3);
    Tensor fresh = Tensor.zeros(3, 3);
    predictor.stream(3).step(step, fresh);
    Stream stream = predictor.stream(3);
    String message =
        "Stream.step: y, (3, 3), shares memory with x, (3, 3), and is not the same view: results"
            + " would be written over input that is still to be read. Give a y of its own,"
            + " Tensor.zeros(3, 3), or x.copy()";
    refuses(message, () -> stream.step(step, step.transpose()));
    refuses(message, () -> stream.step(step, step.flip(0)));
    stream.step(step, step);
    assertArrayEquals(fresh.toArray(), step.toArray());
  }

  @Test
  void stepsInBareMemoryFromOnePlaceOrApart() {
    float[] values = ReferenceModel.random(2, 3, 3).toArray();
    float[] out = new float[9];
    predictor.stream(3).step(MemorySegment.ofArray(values), 0, MemorySegment.ofArray(out), 0);
    MemorySegment[] places = {
      MemorySegment.ofArray(new float[20]), Arena.ofAuto().allocate(80, 4),
    };
    for (MemorySegment place : places) {
      Stream stream = predictor.stream(3);
      MemorySegment.copy(MemorySegment.ofArray(values), 0, place, 4, 36);
      String message =
          "Stream.step: the 9 numbers of y share memory with the 9 of x, but begin elsewhere: results"
              + " would be written over part of the input. Let both begin at one place, or lie"
              + " apart";
      refuses(message, () -> stream.step(place, 1, place, 0));
      refuses(message, () -> stream.step(place, 1, place, 9));
      refuses(message, () -> stream.step(place, 1, place.asSlice(8), 0));
      stream.step(place, 1, place, 10);
      stream.reset();
      stream.step(place, 1, place, 1);
      for (int i = 0; i < 9; i++) {
        assertEquals(out[i], place.getAtIndex(JAVA_FLOAT, 1 + i));
        assertEquals(out[i], place.getAtIndex(JAVA_FLOAT, 10 + i));
      }
    }
    Stream stream = predictor.stream(3); // other arrays at the same offsets share nothing
    stream.step(MemorySegment.ofArray(values), 0, MemorySegment.ofArray(new float[10]), 1);
  }

  @Test
  void offsetsOfBareMemoryDoNotWrap() {
    Stream stream = predictor.stream(1);
    MemorySegment in = MemorySegment.ofArray(new float[3]);
    MemorySegment out = MemorySegment.ofArray(new float[3]);
    for (long offset : new long[] {-1, 1, 4, 1L << 60, 1L << 61, 1L << 62, Long.MAX_VALUE}) {
      String rest =
          " takes 3 numbers from offset "
              + offset
              + ", but its segment holds 3; offsets count numbers, not bytes";
      assertMessage(
          IndexOutOfBoundsException.class,
          "Stream.step: x" + rest,
          () -> stream.step(in, offset, out, 0));
      assertMessage(
          IndexOutOfBoundsException.class,
          "Stream.step: y" + rest,
          () -> stream.step(in, 0, out, offset));
    }
  }

  @Test
  void refusesAnOutputThatCannotBeWritten() {
    String why =
        ", is read-only: its memory is, or it is a view whose elements share memory (unfold,"
            + " broadcastTo); Tensor.zeros";
    Tensor repeated = Tensor.zeros(1, 4, 3).broadcastTo(2, 4, 3);
    refuses(
        "Predictor.predict: y, (2, 4, 3)" + why + "(2, 4, 3) is writable",
        () -> predictor.predict(Tensor.zeros(2, 4, 3), repeated));
    Stream stream = predictor.stream(2);
    refuses(
        "Stream.step: y, (2, 3)" + why + "(2, 3) is writable",
        () -> stream.step(Tensor.zeros(2, 3), Tensor.zeros(1, 3).broadcastTo(2, 3)));
    MemorySegment read = MemorySegment.ofArray(new float[6]).asReadOnly();
    refuses(
        "Stream.step: y, 6 numbers, is written, but its segment is read-only",
        () -> stream.step(read, 0, read, 0));
  }

  @Test
  void refusesToTrainOnTheWeightsThatItChanges() {
    Sequential trained = Sequential.of(Dense.of(3)).build(3, 1);
    trained.compile(Sgd.of(0.1), Loss.MEAN_SQUARED_ERROR);
    Tensor kernel = trained.weights().getFirst().value();
    Tensor data = Tensor.zeros(3, 3);
    String rest = ", (3, 3), shares memory with the weight dense/kernel, which fit changes. Give ";
    refuses(
        "Sequential.fit: x" + rest + "x.copy()", () -> trained.fit(kernel, data, FitOptions.of()));
    refuses(
        "Sequential.fit: y" + rest + "y.copy()",
        () -> trained.fit(data, kernel.flip(0), FitOptions.of()));
    FitOptions validated = FitOptions.builder().validationData(kernel, data).build();
    refuses(
        "Sequential.fit validationData: x" + rest + "x.copy()",
        () -> trained.fit(data, data, validated));
  }

  private static void refuses(String message, Executable call) {
    assertMessage(IllegalArgumentException.class, message, call);
  }

  private static void assertMessage(
      Class<? extends Exception> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }
}
