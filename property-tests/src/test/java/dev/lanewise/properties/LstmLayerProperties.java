package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.Adam;
import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Stream;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What an LSTM's bits may not depend on: neighbours, order, cuts in time, threads, strides. */
class LstmLayerProperties {
  /** A sequence cut in two, and how many steps the stream that goes on has taken before. */
  record Split(LstmLayerModel of, int first, int stepsBefore) {}

  /** The samples of a batch in another order. */
  record Reordered(LstmLayerModel of, List<Integer> order) {}

  @Provide
  Arbitrary<LstmLayerModel> wideModels() {
    return LstmLayerModel.wide();
  }

  @Provide
  Arbitrary<LstmLayerModel> models() {
    return LstmLayerModel.small();
  }

  @Provide
  Arbitrary<LstmLayerModel> sharedModels() {
    return LstmLayerModel.shared();
  }

  @Provide
  Arbitrary<LstmLayerModel> fittedModels() {
    return LstmLayerModel.fitted();
  }

  @Provide
  Arbitrary<Split> splits() {
    return Combinators.combine(
            LstmLayerModel.small(), ViewRecipe.picks(), Arbitraries.integers().between(0, 2))
        .as((of, pick, before) -> new Split(of, pick % (of.timesteps() + 1), before))
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Reordered> orders() {
    return Combinators.combine(LstmLayerModel.small(), ViewRecipe.picks())
        .as((of, pick) -> new Reordered(of, ViewMove.order(pick, of.batch())))
        .withoutEdgeCases();
  }

  @Property(tries = 1000)
  void aSampleAloneEqualsTheSampleInTheBatch(@ForAll("models") LstmLayerModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(2);
    Tensor together = predictor.predict(x);
    assertEquals(Shape.of(of.batch(), of.timesteps(), of.outputs()), together.shape());
    for (int sample = 0; sample < of.batch(); sample++) {
      Tensor alone = predictor.predict(x.slice(0, sample, sample + 1));
      assertArrayEquals(together.select(0, sample).toArray(), alone.toArray());
    }
  }

  @Property(tries = 1000)
  void stepByStepEqualsTheWholeSequence(@ForAll("models") LstmLayerModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(2);
    Tensor whole = predictor.predict(x);
    Tensor streamed = Tensor.zeros(whole.shape().toArray());
    steps(predictor.stream(of.batch()), x, streamed, 0, of.timesteps());
    assertArrayEquals(whole.toArray(), streamed.toArray());
  }

  @Property(tries = 1000)
  void savingAndRestoringInBetweenChangesNothing(@ForAll("splits") Split split) {
    LstmLayerModel of = split.of();
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(2);
    Tensor whole = predictor.predict(x);
    Tensor streamed = Tensor.zeros(whole.shape().toArray());
    Stream first = predictor.stream(of.batch());
    steps(first, x, streamed, 0, split.first());
    StreamState state = first.save();
    Stream second = predictor.stream(of.batch());
    Tensor other = LstmLayerModel.random(1, 3, of.batch(), of.features());
    for (int step = 0; step < split.stepsBefore(); step++) {
      second.step(other, Tensor.zeros(of.batch(), of.outputs()));
    }
    second.restore(state);
    steps(second, x, streamed, split.first(), of.timesteps());
    assertArrayEquals(whole.toArray(), streamed.toArray());
  }

  private static void steps(Stream stream, Tensor x, Tensor y, int from, int to) {
    for (int step = from; step < to; step++) {
      stream.step(x.select(1, step), y.select(1, step));
    }
  }

  @Property(tries = 1000)
  void theOutputOfTheLastStepIsTheEndOfTheSequence(@ForAll("models") LstmLayerModel of) {
    Tensor x = of.input(2);
    Tensor sequence = of.model(true).predict(x);
    Tensor last = of.model(false).predict(x);
    assertArrayEquals(sequence.select(1, -1).toArray(), last.toArray());
  }

  @Property(tries = 1000)
  void theStartOfASequenceDoesNotDependOnItsEnd(@ForAll("splits") Split split) {
    Predictor predictor = split.of().predictor(1);
    Tensor x = split.of().input(2);
    int steps = Math.max(1, split.first());
    Tensor whole = predictor.predict(x);
    Tensor start = predictor.predict(x.slice(1, 0, steps));
    assertArrayEquals(whole.slice(1, 0, steps).toArray(), start.toArray());
  }

  @Property(tries = 1000)
  void permutingTheBatchPermutesTheResult(@ForAll("orders") Reordered reordered) {
    Predictor predictor = reordered.of().predictor(1);
    Tensor x = reordered.of().input(2);
    Tensor expected = rows(predictor.predict(x), reordered.order());
    Tensor actual = predictor.predict(rows(x, reordered.order()));
    assertArrayEquals(expected.toArray(), actual.toArray());
  }

  private static Tensor rows(Tensor tensor, List<Integer> order) {
    return Tensor.stack(0, order.stream().map(row -> tensor.select(0, row)).toArray(Tensor[]::new));
  }

  @Property(tries = 1000)
  void stridesDoNotMatter(@ForAll("models") LstmLayerModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(2);
    Tensor y = of.layout().view(of.layout().memory(of.batch(), of.timesteps(), of.outputs()));
    predictor.predict(x, y);
    assertArrayEquals(predictor.predict(x.copy()).toArray(), y.toArray());
  }

  @Property(tries = 1000)
  void hIsAtMostOne(@ForAll("models") LstmLayerModel of, @ForAll("scales") float scale) {
    for (float h : of.predictor(1).predict(of.input(scale)).toArray()) {
      assertTrue(Math.abs(h) <= 1, () -> "h is " + h);
    }
  }

  @Provide
  Arbitrary<Float> scales() {
    return Arbitraries.of(1f, 1e-30f, 10f, 1e4f, 1e30f);
  }

  @Property(tries = 1000)
  void oneThreadEqualsThree(@ForAll("sharedModels") LstmLayerModel of) {
    Tensor x = of.input(2);
    float[] one = of.predictor(1).predict(x).toArray();
    assertArrayEquals(one, of.predictor(3).predict(x).toArray());
  }

  /** Each try wakes two threads some thirty times for both of a predictor and a stream. */
  @Property(tries = 100)
  void oneThreadEqualsThreeThatShareTheUnits(@ForAll("wideModels") LstmLayerModel of) {
    Tensor x = of.input(2);
    float[] one = of.predictor(1).predict(x).toArray();
    Predictor three = of.predictor(3);
    assertArrayEquals(one, three.predict(x).toArray());
    Tensor y = Tensor.zeros(of.batch(), of.timesteps(), of.outputs());
    steps(three.stream(of.batch(), 3), x, y, 0, of.timesteps());
    assertArrayEquals(one, y.toArray());
  }

  @Property(tries = 1000)
  void aFitOnOneThreadEqualsAFitOnTwo(@ForAll("fittedModels") LstmLayerModel of) {
    assertArrayEquals(fitted(of, 1).toArray(), fitted(of, 2).toArray());
  }

  private static List<Float> fitted(LstmLayerModel of, int threads) {
    Sequential model = of.model(false).compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    Tensor y = LstmLayerModel.random(of.seed() + 1, 1, of.batch(), of.outputs());
    FitOptions options =
        FitOptions.builder().threads(threads).ownThreads(true).seed(of.seed()).build();
    model.fit(of.input(2), y, options);
    List<Float> weights = new ArrayList<>();
    for (Weight weight : model.weights()) {
      for (float value : weight.value().toArray()) {
        weights.add(value);
      }
    }
    return weights;
  }
}
