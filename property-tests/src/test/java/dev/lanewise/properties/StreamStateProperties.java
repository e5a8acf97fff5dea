package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.Prediction;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Stream;
import dev.lanewise.lstm.StreamState;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The states that a prediction ends in. */
class StreamStateProperties {
  /** Padded sequences, and the step that a stream goes on from. */
  record Split(MaskedModel of, int first) {}

  @Provide
  Arbitrary<MaskedModel> models() {
    return MaskedModel.any(MaskedModel.Kind.values());
  }

  @Provide
  Arbitrary<Split> splits() {
    return Combinators.combine(
            MaskedModel.any(
                MaskedModel.Kind.LAST,
                MaskedModel.Kind.SEQUENCES,
                MaskedModel.Kind.STACKED,
                MaskedModel.Kind.STACKED_SEQUENCES),
            ViewRecipe.picks())
        .as((of, pick) -> new Split(of, 1 + pick % of.timesteps()))
        .withoutEdgeCases();
  }

  private static void assertSame(StreamState expected, StreamState actual, int sample) {
    assertSame(expected.h(), actual.h(), sample);
    assertSame(expected.c(), actual.c(), sample);
  }

  private static void assertSame(List<Tensor> expected, List<Tensor> actual, int sample) {
    assertEquals(expected.size(), actual.size());
    for (int layer = 0; layer < expected.size(); layer++) {
      float[] alone = expected.get(layer).select(0, 0).toArray();
      assertArrayEquals(alone, actual.get(layer).select(0, sample).toArray());
    }
  }

  @Property(tries = 2000)
  void theStateOfAPaddedSequenceIsThatOfTheSequenceAlone(@ForAll("models") MaskedModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(1);
    StreamState together = predictor.predictWithState(x, of.mask()).state();
    boolean keepsC = of.cell().keepsC();
    assertEquals(keepsC ? together.h().size() : 0, together.c().size());
    for (int sample = 0; sample < of.batch(); sample++) {
      if (of.steps(sample).length > 0) {
        assertSame(predictor.predictWithState(of.own(x, sample)).state(), together, sample);
      } else {
        for (Tensor state : together.h()) {
          assertEquals(0, sum(state.select(0, sample)));
        }
        for (Tensor state : together.c()) {
          assertEquals(0, sum(state.select(0, sample)));
        }
      }
    }
  }

  private static float sum(Tensor tensor) {
    float sum = 0;
    for (float value : tensor.toArray()) {
      sum += Math.abs(value);
    }
    return sum;
  }

  @Property(tries = 2000)
  void aPredictionWithItsStateIsThePrediction(@ForAll("models") MaskedModel of) {
    Predictor predictor = of.predictor(1);
    Prediction with = predictor.predictWithState(of.input(1), of.mask());
    assertArrayEquals(predictor.predict(of.input(1), of.mask()).toArray(), with.y().toArray());
  }

  @Property(tries = 2000)
  void streamingOnFromAPredictedStateIsPredictingTheWhole(@ForAll("splits") Split split) {
    MaskedModel of = split.of();
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(1);
    Prediction first = predictor.predictWithState(x.slice(1, 0, split.first()));
    Stream stream = predictor.stream(of.batch());
    stream.restore(first.state());
    Tensor whole = predictor.predict(x);
    Tensor y = of.kind().sequences ? first.y().select(1, -1).copy() : first.y();
    for (int step = split.first(); step < of.timesteps(); step++) {
      stream.step(x.select(1, step), y);
    }
    assertArrayEquals((of.kind().sequences ? whole.select(1, -1) : whole).toArray(), y.toArray());
  }

  /** Padded sequences, and a bit for each step before which their state is kept as bytes. */
  record Cuts(MaskedModel of, int steps) {
    boolean isBefore(int step) {
      return (steps >> step & 1) != 0;
    }
  }

  /** Models whose state is finite, as one must be that is kept. */
  @Provide
  Arbitrary<MaskedModel> kept() {
    return MaskedModel.fitted(MaskedModel.Kind.values());
  }

  @Provide
  Arbitrary<Cuts> cuts() {
    return Combinators.combine(
            MaskedModel.fitted(
                MaskedModel.Kind.LAST,
                MaskedModel.Kind.SEQUENCES,
                MaskedModel.Kind.STACKED,
                MaskedModel.Kind.STACKED_SEQUENCES),
            ViewRecipe.picks())
        .as(Cuts::new)
        .withoutEdgeCases();
  }

  /** Cut anywhere, kept, read by another predictor: the steps are those of the whole sequence. */
  @Property(tries = 2000)
  void aStreamKeptAsBytesGoesOnAsTheWhole(@ForAll("cuts") Cuts cuts) {
    MaskedModel of = cuts.of();
    Tensor x = of.input(1);
    Tensor whole = of.predictor(1).predict(x);
    Stream stream = of.predictor(1).stream(of.batch());
    Tensor y = Tensor.zeros(of.batch(), whole.dim(-1));
    for (int step = 0; step < of.timesteps(); step++) {
      if (cuts.isBefore(step)) {
        byte[] kept = stream.save().toBytes();
        Predictor next = of.predictor(1);
        stream = next.stream(of.batch());
        stream.restore(next.readState(kept));
      }
      stream.step(x.select(1, step), y);
      if (of.kind().sequences) {
        assertArrayEquals(whole.select(1, step).toArray(), y.toArray());
      }
    }
    assertArrayEquals((of.kind().sequences ? whole.select(1, -1) : whole).toArray(), y.toArray());
  }

  /** Each sequence of a batch kept by itself, and put together in another order. */
  @Property(tries = 2000)
  void sequencesKeptApartGoOnTogether(@ForAll("kept") MaskedModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(1);
    Prediction first = predictor.predictWithState(x, of.mask());
    List<StreamState> turned =
        first.state().split().reversed().stream()
            .map(each -> predictor.readState(each.toBytes()))
            .toList();
    Tensor turnedX = x.flip(0);
    float[] expected = predictor.predictWithState(x, first.state()).y().flip(0).toArray();
    Prediction got = predictor.predictWithState(turnedX, StreamState.join(turned));
    assertArrayEquals(expected, got.y().toArray());
  }
}
