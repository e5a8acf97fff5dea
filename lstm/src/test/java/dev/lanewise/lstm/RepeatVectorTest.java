package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RepeatVectorTest {
  private static final Lstm SEQUENCES = Lstm.builder(4).returnSequences(true).build();

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static Sequential autoencoder() {
    return Sequential.of(Lstm.of(3), RepeatVector.of(7), SEQUENCES, Dense.of(2));
  }

  @Test
  void repeatsEachSampleAtEveryStep() {
    Tensor x = ReferenceModel.random(1, 3, 2);
    Tensor y = Sequential.of(RepeatVector.of(4)).build(2, 0).predict(x);
    assertEquals(Shape.of(3, 4, 2), y.shape());
    for (int step = 0; step < 4; step++) {
      assertArrayEquals(x.toArray(), y.select(1, step).toArray());
    }
  }

  @Test
  void givesItsOwnStepsWhateverComesIn() {
    Sequential model = autoencoder().build(2, 1);
    assertEquals(Shape.of(5, 7, 2), model.outputShape(Shape.of(5, 3, 2)));
    assertEquals(Shape.of(5, 7, 2), model.predict(Tensor.zeros(5, 11, 2)).shape());
  }

  @Test
  void saysItsAxesInTheSummary() {
    String summary = autoencoder().build(2, 1).summary();
    assertTrue(summary.contains("repeat_vector (RepeatVector)"), summary);
    assertTrue(summary.contains("(batch, 7, 3)"), summary);
    assertTrue(summary.contains("(batch, 7, 2)"), summary);
  }

  @Test
  void aSampleAloneGivesTheBitsThatItGivesInABatch() {
    Sequential model = autoencoder().build(2, 1);
    Tensor x = ReferenceModel.random(1, 130, 6, 2); // more than a block of rows
    Tensor y = model.predict(x);
    float[] last = model.predict(x.slice(0, 129, 130)).toArray();
    assertArrayEquals(last, y.select(0, 129).toArray());
  }

  @Test
  void learnsToRepeatWhatItSaw() {
    Sequential model = autoencoder().build(2, 1).compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
    Tensor x = Tensor.zeros(16, 7, 2);
    for (int sample = 0; sample < 16; sample++) {
      x.select(0, sample).fill(sample / 8f - 1); // one number says all
    }
    double before = model.evaluate(x, x).loss();
    model.fit(x, x, FitOptions.builder().epochs(100).batchSize(8).seed(1).build());
    double after = model.evaluate(x, x).loss();
    assertTrue(after < before / 10, before + " -> " + after);
  }

  @Test
  void refusesASequence() {
    refuses(
        "RepeatVector \"repeat_vector\" (n=3) takes (batch, features), got (batch,"
            + " timesteps, 4): let the layer before it return only its last step,"
            + " returnSequences(false); where it is the first, call build(features, seed)",
        () -> Sequential.of(SEQUENCES, RepeatVector.of(3)).build(2, 0));
    Sequential first = Sequential.of(RepeatVector.of(3)).build(2, 0);
    refuses(
        "RepeatVector \"repeat_vector\": the model was built for (batch, features), got the 3-D (1, 5,"
            + " 2)",
        () -> first.predict(Tensor.zeros(1, 5, 2)));
  }

  @Test
  void refusesFewerThanOneStep() {
    refuses("RepeatVector: n=0, expected 1 or more", () -> RepeatVector.of(0));
  }

  @Test
  void cannotBeStreamed() {
    refuses(
        "Predictor.stream: RepeatVector \"repeat_vector\" needs the whole sequence, of which a stream"
            + " has seen only a part. Predict whole sequences: predict(x)",
        () -> autoencoder().build(2, 1).predictor().stream(1));
  }

  /** What comes after it does not see the padding of what came before. */
  @Test
  void endsAMask() {
    Sequential model = autoencoder().build(2, 1);
    Tensor x = ReferenceModel.random(1, 2, 6, 2);
    Tensor masked = model.predict(x, Mask.ofLengths(6, 6, 4));
    float[] alone = model.predict(x.slice(0, 1, 2).slice(1, 0, 4)).toArray();
    assertArrayEquals(alone, masked.select(0, 1).toArray());
  }
}
