package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.lstm.FitOptions;
import dev.lanewise.lstm.Loss;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Sgd;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Training on padded sequences is training on the sequences without their padding. */
class MaskedFitProperties {
  private static final float RATE = 0.5f;

  @Provide
  Arbitrary<MaskedModel> sequences() {
    return MaskedModel.fitted(
            MaskedModel.Kind.SEQUENCES,
            MaskedModel.Kind.STACKED_SEQUENCES,
            MaskedModel.Kind.CONCAT_SEQUENCES,
            MaskedModel.Kind.SUM_SEQUENCES)
        .filter(of -> count(of) > 0);
  }

  @Provide
  Arbitrary<MaskedModel> sharedModels() {
    return MaskedModel.shared(MaskedModel.Kind.values());
  }

  @Provide
  Arbitrary<Float> numbers() {
    return Arbitraries.of(1f, -1e10f, 1e30f);
  }

  private static int count(MaskedModel of) {
    int count = 0;
    for (int sample = 0; sample < of.batch(); sample++) {
      count += of.steps(sample).length;
    }
    return count;
  }

  private static Sequential compiled(MaskedModel of) {
    return of.model().compile(Sgd.of(RATE), Loss.MEAN_SQUARED_ERROR);
  }

  /** What is wanted, with a number in the padding of a sequence of outputs. */
  private static Tensor wanted(MaskedModel of, Sequential model, float padding) {
    long[] shape = model.outputShape(of.input(0).shape()).toArray();
    Tensor y = RecurrentModel.random(of.seed() + 1, 1, shape);
    for (int sample = 0; sample < of.batch() && of.kind().sequences; sample++) {
      for (int place = 0; place < of.timesteps(); place++) {
        // As in Keras the mask stays in the order of time, also over outputs that do not.
        if (!of.lives(sample, place)) {
          y.select(0, sample).select(0, place).fill(padding);
        }
      }
    }
    return y;
  }

  private static float[] fitted(MaskedModel of, int threads, float padding) {
    Sequential model = compiled(of);
    FitOptions options =
        FitOptions.builder().threads(threads).ownThreads(true).seed(of.seed()).build();
    model.fit(of.input(padding), of.mask(), wanted(of, model, padding), options);
    return weights(model);
  }

  static float[] weights(Sequential model) {
    Tensor[] flat =
        model.weights().stream()
            .map(Weight::value)
            .map(value -> value.flatten(0))
            .toArray(Tensor[]::new);
    return Tensor.concat(0, flat).toArray();
  }

  @Property(tries = 1500)
  void theLossIsTheMeanOverAllTrueSteps(@ForAll("sequences") MaskedModel of) {
    Sequential model = compiled(of);
    Tensor x = of.input(1);
    Tensor y = wanted(of, model, 1);
    double sum = 0;
    for (int sample = 0; sample < of.batch(); sample++) {
      int length = of.steps(sample).length;
      if (length > 0) {
        sum += length * model.evaluate(of.own(x, sample), of.own(y, sample)).loss();
      }
    }
    double expected = sum / count(of);
    assertEquals(expected, model.evaluate(x, of.mask(), y).loss(), 1e-6 * expected);
  }

  /** Each sequence's own step is weighed by its length; weights round to a millionth. */
  @Property(tries = 1500)
  void oneUpdateIsTheMeanOfTheSequencesOwnUpdates(@ForAll("sequences") MaskedModel of) {
    Sequential model = compiled(of);
    float[] before = weights(model);
    double[] expected = new double[before.length];
    Tensor x = of.input(1);
    Tensor y = wanted(of, model, 1);
    for (int sample = 0; sample < of.batch(); sample++) {
      int length = of.steps(sample).length;
      if (length > 0) {
        Sequential alone = compiled(of);
        alone.fit(of.own(x, sample), of.own(y, sample), FitOptions.of());
        float[] after = weights(alone);
        for (int i = 0; i < after.length; i++) {
          expected[i] += ((double) after[i] - before[i]) * length / count(of);
        }
      }
    }
    float[] actual = fitted(of, 1, 1);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(before[i] + expected[i], actual[i], 2e-6);
    }
  }

  @Property(tries = 1500)
  void whatPaddingHoldsDoesNotChangeTheWeights(
      @ForAll("models") MaskedModel of, @ForAll("numbers") float padding) {
    assertArrayEquals(fitted(of, 1, 0), fitted(of, 1, padding));
  }

  @Provide
  Arbitrary<MaskedModel> models() {
    return MaskedModel.fitted(MaskedModel.Kind.values()).filter(of -> count(of) > 0);
  }

  /** Fewer tries: a try is 2 million multiply-adds, on which other threads are woken. */
  @Property(tries = 100)
  void aMaskedFitOnOneThreadEqualsAFitOnTwoAndOnThree(@ForAll("sharedModels") MaskedModel of) {
    float[] one = fitted(of, 1, 0);
    assertArrayEquals(one, fitted(of, 2, 0));
    assertArrayEquals(one, fitted(of, 3, 0));
  }
}
