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
import dev.lanewise.properties.RecurrentModel.Direction;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What recurrent layers' bits may not depend on: neighbours, order, cuts in time, threads, strides.
 */
class RecurrentLayerProperties {
  /** A sequence cut in two, and how many steps the stream that goes on has taken before. */
  record Split(RecurrentModel of, int first, int stepsBefore) {}

  /** The samples of a batch in another order. */
  record Reordered(RecurrentModel of, List<Integer> order) {}

  @Provide
  Arbitrary<RecurrentModel> wideModels() {
    return RecurrentModel.wide();
  }

  @Provide
  Arbitrary<RecurrentModel> models() {
    return RecurrentModel.small();
  }

  @Provide
  Arbitrary<RecurrentModel> sharedModels() {
    return RecurrentModel.shared();
  }

  @Provide
  Arbitrary<RecurrentModel> fittedModels() {
    return RecurrentModel.fitted();
  }

  @Provide
  Arbitrary<Split> splits() {
    return Combinators.combine(
            RecurrentModel.small(), ViewRecipe.picks(), Arbitraries.integers().between(0, 2))
        .as((of, pick, before) -> new Split(of, pick % (of.timesteps() + 1), before))
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Reordered> orders() {
    return Combinators.combine(RecurrentModel.small(), ViewRecipe.picks())
        .as((of, pick) -> new Reordered(of, ViewMove.order(pick, of.batch())))
        .withoutEdgeCases();
  }

  @Property(tries = 2000)
  void aSampleAloneEqualsTheSampleInTheBatch(
      @ForAll("models") RecurrentModel of, @ForAll Direction direction) {
    Predictor predictor = of.predictor(1, direction);
    Tensor x = of.input(2);
    Tensor together = predictor.predict(x);
    int width = direction == Direction.BOTH ? 2 * of.outputs() : of.outputs();
    assertEquals(Shape.of(of.batch(), of.timesteps(), width), together.shape());
    for (int sample = 0; sample < of.batch(); sample++) {
      Tensor alone = predictor.predict(x.slice(0, sample, sample + 1));
      assertArrayEquals(together.select(0, sample).toArray(), alone.toArray());
    }
  }

  @Property(tries = 2000)
  void stepByStepEqualsTheWholeSequence(@ForAll("models") RecurrentModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(2);
    Tensor whole = predictor.predict(x);
    Tensor streamed = Tensor.zeros(whole.shape().toArray());
    steps(predictor.stream(of.batch()), x, streamed, 0, of.timesteps());
    assertArrayEquals(whole.toArray(), streamed.toArray());
  }

  @Property(tries = 2000)
  void savingAndRestoringInBetweenChangesNothing(@ForAll("splits") Split split) {
    RecurrentModel of = split.of();
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(2);
    Tensor whole = predictor.predict(x);
    Tensor streamed = Tensor.zeros(whole.shape().toArray());
    Stream first = predictor.stream(of.batch());
    steps(first, x, streamed, 0, split.first());
    StreamState state = first.save();
    Stream second = predictor.stream(of.batch());
    Tensor other = RecurrentModel.random(1, 3, of.batch(), of.features());
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

  @Property(tries = 2000)
  void theOutputOfTheLastStepIsTheEndOfTheSequence(
      @ForAll("models") RecurrentModel of, @ForAll boolean backwards) {
    Direction direction = backwards ? Direction.BACKWARDS : Direction.FORWARDS;
    Tensor x = of.input(2);
    Tensor sequence = of.model(true, direction).predict(x);
    Tensor last = of.model(false, direction).predict(x);
    assertArrayEquals(sequence.select(1, -1).toArray(), last.toArray());
  }

  @Property(tries = 2000)
  void theStartOfASequenceDoesNotDependOnItsEnd(@ForAll("splits") Split split) {
    Predictor predictor = split.of().predictor(1);
    Tensor x = split.of().input(2);
    int steps = Math.max(1, split.first());
    Tensor whole = predictor.predict(x);
    Tensor start = predictor.predict(x.slice(1, 0, steps));
    assertArrayEquals(whole.slice(1, 0, steps).toArray(), start.toArray());
  }

  @Property(tries = 2000)
  void permutingTheBatchPermutesTheResult(
      @ForAll("orders") Reordered reordered, @ForAll Direction direction) {
    Predictor predictor = reordered.of().predictor(1, direction);
    Tensor x = reordered.of().input(2);
    Tensor expected = rows(predictor.predict(x), reordered.order());
    Tensor actual = predictor.predict(rows(x, reordered.order()));
    assertArrayEquals(expected.toArray(), actual.toArray());
  }

  private static Tensor rows(Tensor tensor, List<Integer> order) {
    return Tensor.stack(0, order.stream().map(row -> tensor.select(0, row)).toArray(Tensor[]::new));
  }

  @Property(tries = 2000)
  void stridesDoNotMatter(@ForAll("models") RecurrentModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(2);
    Tensor y = of.layout().view(of.layout().memory(of.batch(), of.timesteps(), of.outputs()));
    predictor.predict(x, y);
    assertArrayEquals(predictor.predict(x.copy()).toArray(), y.toArray());
  }

  @Property(tries = 2000)
  void hIsAtMostOne(@ForAll("boundedModels") RecurrentModel of, @ForAll("scales") float scale) {
    double most = of.upper().most(of.timesteps());
    for (float h : of.predictor(1).predict(of.input(scale)).toArray()) {
      assertTrue(Math.abs(h) <= most, () -> "h is " + h);
    }
  }

  @Provide
  Arbitrary<RecurrentModel> boundedModels() {
    return RecurrentModel.bounded();
  }

  @Provide
  Arbitrary<Float> scales() {
    return Arbitraries.of(1f, 1e-30f, 10f, 1e4f, 1e30f);
  }

  /** Each try wakes two threads. */
  @Property(tries = 1000)
  void oneThreadEqualsThree(
      @ForAll("sharedModels") RecurrentModel of, @ForAll Direction direction) {
    Tensor x = of.input(2);
    float[] one = of.predictor(1, direction).predict(x).toArray();
    assertArrayEquals(one, of.predictor(3, direction).predict(x).toArray());
  }

  /** Each try wakes two threads some thirty times for both of a predictor and a stream. */
  @Property(tries = 100)
  void oneThreadEqualsThreeThatShareTheUnits(
      @ForAll("wideModels") RecurrentModel of, @ForAll Direction direction) {
    Tensor x = of.input(2);
    float[] one = of.predictor(1, direction).predict(x).toArray();
    assertArrayEquals(one, of.predictor(3, direction).predict(x).toArray());
  }

  /** The same. */
  @Property(tries = 100)
  void aStreamOnOneThreadEqualsOneOnThreeThatShareTheUnits(
      @ForAll("wideModels") RecurrentModel of) {
    Tensor x = of.input(2);
    float[] one = of.predictor(1).predict(x).toArray();
    Tensor y = Tensor.zeros(of.batch(), of.timesteps(), of.outputs());
    steps(of.predictor(3).stream(of.batch(), 3), x, y, 0, of.timesteps());
    assertArrayEquals(one, y.toArray());
  }

  @Property(tries = 1000)
  void aFitOnOneThreadEqualsAFitOnTwoAndOnThree(
      @ForAll("fittedModels") RecurrentModel of, @ForAll Direction direction) {
    float[] one = fitted(of, direction, 1);
    assertArrayEquals(one, fitted(of, direction, 2));
    assertArrayEquals(one, fitted(of, direction, 3));
  }

  private static float[] fitted(RecurrentModel of, Direction direction, int threads) {
    Sequential model = of.model(false, direction).compile(Adam.of(), Loss.MEAN_SQUARED_ERROR);
    long width = model.outputShape(of.input(2).shape()).dim(1);
    Tensor y = RecurrentModel.random(of.seed() + 1, 1, of.batch(), width);
    FitOptions options =
        FitOptions.builder().threads(threads).ownThreads(true).seed(of.seed()).build();
    model.fit(of.input(2), y, options);
    return MaskedFitProperties.weights(model);
  }
}
