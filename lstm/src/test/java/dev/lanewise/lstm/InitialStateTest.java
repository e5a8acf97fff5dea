package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions from a state. */
class InitialStateTest {
  private static final int STEPS = 9;
  private static final int FEATURES = 2;

  /** Two threads, so that several share the samples out. */
  private static Predictor predictor(Layer... layers) {
    return Sequential.of(layers)
        .build(FEATURES, 1)
        .predictor(PredictorOptions.builder().threads(2).build());
  }

  /** One of each kind, of which two have no c. */
  private static Predictor mixed(boolean sequences) {
    return predictor(
        Lstm.builder(4).returnSequences(true).build(),
        Gru.builder(5).returnSequences(true).build(),
        Gru.builder(3).resetAfter(false).returnSequences(true).build(),
        SimpleRnn.builder(3).returnSequences(true).build(),
        Lstm.builder(6).returnSequences(sequences).build());
  }

  private static void assertSame(StreamState expected, StreamState actual) {
    assertSame(expected.h(), actual.h());
    assertSame(expected.c(), actual.c());
  }

  private static void assertSame(List<Tensor> expected, List<Tensor> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).toArray(), actual.get(i).toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 300}) // 300 are several blocks
  void aSequenceInTwoPiecesIsTheSequence(int batch) {
    Predictor predictor = mixed(true);
    Tensor x = ReferenceModel.random(1, batch, STEPS, FEATURES);
    Prediction whole = predictor.predictWithState(x);
    for (int cut = 1; cut < STEPS; cut++) {
      Prediction first = predictor.predictWithState(x.slice(1, 0, cut));
      Prediction second = predictor.predictWithState(x.slice(1, cut, STEPS), first.state());
      Tensor joined = Tensor.concat(1, first.y(), second.y());
      assertArrayEquals(whole.y().toArray(), joined.toArray());
      assertSame(whole.state(), second.state());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 300})
  void aPaddedSequenceInTwoPiecesIsTheSequence(int batch) {
    Predictor predictor = mixed(false);
    Tensor x = ReferenceModel.random(1, batch, STEPS, FEATURES);
    int[] firstLengths = new int[batch];
    int[] secondLengths = new int[batch];
    for (int sample = 0; sample < batch; sample++) {
      firstLengths[sample] = sample % 5 + 1;
      secondLengths[sample] = sample % 3 * 2; // none of every third
    }
    Tensor second = ReferenceModel.random(2, batch, STEPS, FEATURES);
    Mask firstMask = Mask.ofLengths(STEPS, firstLengths);
    Mask secondMask = Mask.ofLengths(STEPS, secondLengths);
    StreamState between = predictor.predictWithState(x, firstMask).state();
    Prediction ended = predictor.predictWithState(second, secondMask, between);
    for (int sample = 0; sample < Math.min(batch, 20); sample++) {
      Tensor real = x.slice(0, sample, sample + 1).slice(1, 0, firstLengths[sample]);
      Tensor more = second.slice(0, sample, sample + 1).slice(1, 0, secondLengths[sample]);
      Tensor all = secondLengths[sample] == 0 ? real : Tensor.concat(1, real, more);
      Prediction alone = predictor.predictWithState(all);
      assertArrayEquals(alone.y().toArray(), ended.y().select(0, sample).toArray());
      for (int i = 0; i < alone.state().h().size(); i++) {
        float[] own = ended.state().h().get(i).select(0, sample).toArray();
        assertArrayEquals(alone.state().h().get(i).toArray(), own);
      }
    }
  }

  /** Among others, with their padding at either end, and alone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRowThatIsAllPaddingEndsWithWhatItBeganFrom(boolean sequences) {
    Predictor predictor =
        predictor(
            Lstm.builder(4).returnSequences(true).build(),
            Bidirectional.of(Gru.builder(3).returnSequences(true).build()),
            Gru.builder(5).resetAfter(false).goBackwards(true).returnSequences(true).build(),
            SimpleRnn.builder(3).returnSequences(true).build(),
            Bidirectional.of(Lstm.builder(6).returnSequences(sequences).build()));
    Tensor x = ReferenceModel.random(1, 3, STEPS, FEATURES);
    Tensor live = Tensor.zeros(3, STEPS);
    live.select(0, 0).slice(0, 2, STEPS).fill(1);
    live.select(0, 2).slice(0, 0, 4).fill(1);
    StreamState from = predictor.predictWithState(ReferenceModel.random(2, 3, 2, 2)).state();
    assertEquals(List.of(7, 3), List.of(from.h().size(), from.c().size()));
    StreamState ended = predictor.predictWithState(x, Mask.of(live), from).state();
    assertSame(row(from, 1), row(ended, 1));
    Mask none = Mask.of(Tensor.zeros(1, STEPS));
    Tensor alone = x.slice(0, 1, 2);
    assertSame(row(from, 1), predictor.predictWithState(alone, none, row(from, 1)).state());
  }

  private static StreamState row(StreamState state, int row) {
    return new StreamState(
        state.h().stream().map(each -> each.slice(0, row, row + 1).copy()).toList(),
        state.c().stream().map(each -> each.slice(0, row, row + 1).copy()).toList());
  }

  @Test
  void eachDirectionBeginsFromItsOwnState() {
    Lstm layer = Lstm.builder(4).returnSequences(true).build();
    Sequential both = Sequential.of(Bidirectional.of(layer)).build(FEATURES, 1);
    Tensor x = ReferenceModel.random(1, 3, STEPS, FEATURES);
    StreamState from =
        new StreamState(
            List.of(ReferenceModel.random(2, 3, 4), ReferenceModel.random(3, 3, 4)),
            List.of(ReferenceModel.random(4, 3, 4), ReferenceModel.random(5, 3, 4)));
    Prediction together = both.predictor().predictWithState(x, from);
    for (int direction = 0; direction < 2; direction++) {
      Lstm own = layer.toBuilder().goBackwards(direction == 1).build();
      Sequential one = Sequential.of(own).build(FEATURES, 1);
      for (int i = 0; i < one.weights().size(); i++) {
        int of = direction * one.weights().size() + i;
        one.weights().get(i).set(both.weights().get(of).value());
      }
      StreamState half =
          new StreamState(List.of(from.h().get(direction)), List.of(from.c().get(direction)));
      Prediction alone = one.predictor().predictWithState(x, half);
      assertArrayEquals(
          alone.state().h().getFirst().toArray(), together.state().h().get(direction).toArray());
      Tensor first = together.y().slice(2, 4L * direction, 4L * direction + 4);
      int[] times = {direction == 1 ? STEPS - 1 : 0, direction == 1 ? 0 : STEPS - 1};
      for (int i = 0; i < 2; i++) { // the backward outputs come in the order of time
        int step = i == 0 ? 0 : STEPS - 1;
        assertArrayEquals(alone.y().select(1, step).toArray(), first.select(1, times[i]).toArray());
      }
    }
  }

  @Test
  void theNextCallBeginsFromZero() {
    Predictor predictor = mixed(false);
    Tensor x = ReferenceModel.random(1, 3, STEPS, FEATURES);
    Prediction first = predictor.predictWithState(x);
    predictor.predictWithState(x, first.state());
    assertArrayEquals(first.y().toArray(), predictor.predict(x).toArray());
  }

  @Test
  void refusesStatesOfAnotherModel() {
    Predictor predictor = predictor(Lstm.of(4), Dense.of(1));
    Tensor x = Tensor.zeros(3, STEPS, FEATURES);
    List<Tensor> right = List.of(Tensor.zeros(3, 4));
    assertMessage(
        "Predictor.predictWithState: the model keeps h of 1 layers and c of 1, the state holds h of"
            + " 1 and c of 0",
        () -> predictor.predictWithState(x, new StreamState(right, List.of())));
    assertMessage(
        "Predictor.predictWithState: c of Lstm \"lstm\" is (2, 4), expected (batch, units) = (3, 4)",
        () -> predictor.predictWithState(x, new StreamState(right, List.of(Tensor.zeros(2, 4)))));
  }

  private static void assertMessage(String expected, Runnable call) {
    Exception thrown = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(expected, thrown.getMessage());
  }
}
