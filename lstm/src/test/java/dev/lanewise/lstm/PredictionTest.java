package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The states that a prediction ends in. */
class PredictionTest {
  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  @Test
  void endsInTheLastStepOfEachLayer() {
    Tensor x = ReferenceModel.random(1, 3, 7, 2);
    for (int steps = 6; steps <= 7; steps++) {
      Tensor part = x.slice(1, 0, steps);
      Predictor all = Sequential.of(every(4), every(5)).build(2, 1).predictor();
      Predictor last = Sequential.of(every(4), Lstm.of(5)).build(2, 1).predictor();
      Prediction sequences = all.predictWithState(part);
      Prediction steady = last.predictWithState(part);
      float[] h = steady.y().toArray();
      assertArrayEquals(h, steady.state().h().get(1).toArray());
      assertArrayEquals(h, sequences.state().h().get(1).toArray());
      assertArrayEquals(h, Sequences.lastStep(sequences.y()).toArray());
      assertArrayEquals(
          steady.state().c().get(0).toArray(), sequences.state().c().get(0).toArray());
    }
  }

  @Test
  void isThatOfAStream() {
    Predictor predictor = Sequential.of(every(4), Lstm.of(5)).build(2, 1).predictor();
    Tensor x = ReferenceModel.random(1, 3, 7, 2);
    Stream stream = predictor.stream(3);
    Tensor y = Tensor.zeros(3, 5);
    for (int step = 0; step < 7; step++) {
      stream.step(x.select(1, step), y);
    }
    StreamState streamed = stream.save();
    StreamState predicted = predictor.predictWithState(x).state();
    for (int layer = 0; layer < 2; layer++) {
      assertArrayEquals(streamed.h().get(layer).toArray(), predicted.h().get(layer).toArray());
      assertArrayEquals(streamed.c().get(layer).toArray(), predicted.c().get(layer).toArray());
    }
  }

  @Test
  void aStreamGoesOnFromAMaskedHistory() {
    Predictor predictor = Sequential.of(every(4), Lstm.of(5)).build(2, 1).predictor();
    Tensor x = ReferenceModel.random(1, 2, 9, 2);
    int[] lengths = {5, 8};
    Prediction history = predictor.predictWithState(x, Mask.ofLengths(9, lengths));
    Stream stream = predictor.stream(2);
    stream.restore(history.state());
    Tensor next = ReferenceModel.random(2, 2, 2);
    Tensor y = Tensor.zeros(2, 5);
    stream.step(next, y);
    for (int i = 0; i < 2; i++) {
      Tensor own = x.slice(0, i, i + 1).slice(1, 0, lengths[i]);
      Tensor whole = Tensor.concat(1, own, next.slice(0, i, i + 1).expandDims(1));
      assertArrayEquals(predictor.predict(whole).toArray(), y.select(0, i).toArray());
    }
  }

  /** The backward half of the last timestep is its first step; its final state is another. */
  @Test
  void endsWhereEachDirectionDoes() {
    Predictor predictor = Sequential.of(Bidirectional.of(every(4))).build(2, 1).predictor();
    Tensor x = ReferenceModel.random(1, 3, 6, 2);
    Prediction both = predictor.predictWithState(x, Mask.ofLengths(6, 6, 3, 1));
    assertEquals(2, both.state().h().size());
    for (int i = 0; i < 3; i++) {
      int length = new int[] {6, 3, 1}[i];
      Tensor y = predictor.predict(x.slice(0, i, i + 1).slice(1, 0, length));
      Tensor forward = y.slice(2, 0, 4).select(1, length - 1);
      Tensor backward = y.slice(2, 4, 8).select(1, 0);
      assertArrayEquals(forward.toArray(), both.state().h().get(0).select(0, i).toArray());
      assertArrayEquals(backward.toArray(), both.state().h().get(1).select(0, i).toArray());
    }
  }

  @Test
  void keepsTheStatesOfLargeBatchesOnTwoThreads() {
    Sequential model = Sequential.of(every(48), Lstm.of(40)).build(16, 1);
    PredictorOptions two = PredictorOptions.builder().threads(2).build();
    Tensor x = ReferenceModel.random(1, 300, 8, 16);
    Prediction prediction = model.predictor(two).predictWithState(x);
    assertArrayEquals(prediction.y().toArray(), prediction.state().h().get(1).toArray());
  }
}
