package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.lstm.Embedding;
import dev.lanewise.lstm.Mask;
import dev.lanewise.lstm.Masking;
import dev.lanewise.lstm.Predictor;
import dev.lanewise.lstm.Sequential;
import dev.lanewise.lstm.Weight;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Predictions of padded sequences are those of the sequences without their padding. */
class MaskedRecurrentProperties {
  @Provide
  Arbitrary<MaskedModel> models() {
    return MaskedModel.any(MaskedModel.Kind.values());
  }

  @Provide
  Arbitrary<MaskedModel> sharedModels() {
    return MaskedModel.shared(MaskedModel.Kind.values());
  }

  /** What padding may hold. */
  @Provide
  Arbitrary<Float> numbers() {
    return Arbitraries.of(0f, 1f, -1e30f, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN);
  }

  /** Predicts every sample alone and without its padding, then puts it where it belongs. */
  private static float[] oneByOne(MaskedModel of, Predictor predictor) {
    Tensor x = of.input(0);
    Tensor y = Tensor.zeros(predictor.outputShape(x.shape()).toArray());
    for (int sample = 0; sample < of.batch(); sample++) {
      if (of.steps(sample).length > 0) { // else 0
        Tensor alone = predictor.predict(of.own(x, sample)).select(0, 0);
        Tensor target = y.select(0, sample);
        if (of.kind().sequences) {
          spread(of, sample, alone, target);
        } else {
          target.copyFrom(alone);
        }
      }
    }
    return y.toArray();
  }

  /** At a padded step what Keras gives: the output before, 0 before the first; or always 0. */
  private static void spread(MaskedModel of, int sample, Tensor alone, Tensor target) {
    int next = 0;
    for (int place = 0; place < of.timesteps(); place++) {
      int time = of.kind().backwards ? of.timesteps() - 1 - place : place;
      if (of.lives(sample, time)) {
        target.select(0, place).copyFrom(alone.select(0, next++));
      } else if (place > 0 && !of.kind().zeros) {
        target.select(0, place).copyFrom(target.select(0, place - 1));
      }
    }
  }

  @Property(tries = 1500)
  void aMaskedBatchIsItsSequencesOneByOneWithoutTheirPadding(@ForAll("models") MaskedModel of) {
    Predictor predictor = of.predictor(1);
    float[] together = predictor.predict(of.input(0), of.mask()).toArray();
    assertArrayEquals(oneByOne(of, predictor), together);
  }

  /** Fewer tries: a try is 2 million multiply-adds, on which a second thread is woken. */
  @Property(tries = 150)
  void aMaskedBatchOnTwoThreadsIsItsSequencesOneByOne(@ForAll("sharedModels") MaskedModel of) {
    Predictor predictor = of.predictor(2);
    float[] together = predictor.predict(of.input(0), of.mask()).toArray();
    assertArrayEquals(oneByOne(of, predictor), together);
    assertArrayEquals(of.predictor(1).predict(of.input(0), of.mask()).toArray(), together);
  }

  @Property(tries = 1500)
  void whatPaddingHoldsDoesNotChangeABit(
      @ForAll("models") MaskedModel of, @ForAll("numbers") float padding) {
    Predictor predictor = of.predictor(1);
    float[] zeros = predictor.predict(of.input(0), of.mask()).toArray();
    assertArrayEquals(zeros, predictor.predict(of.input(padding), of.mask()).toArray());
  }

  @Property(tries = 1500)
  void aMaskOfNothingButTrueStepsIsNoMask(@ForAll("models") MaskedModel of) {
    Predictor predictor = of.predictor(1);
    Tensor x = of.input(1);
    Mask all = Mask.of(Tensor.zeros(of.batch(), of.timesteps()).fill(1));
    assertArrayEquals(predictor.predict(x).toArray(), predictor.predict(x, all).toArray());
  }

  @Property(tries = 1500)
  void maskingMarksTheStepsThatAMaskMarks(
      @ForAll("models") MaskedModel of, @ForAll("values") float value) {
    Sequential plain = of.model();
    Sequential masking = of.modelAfter(Masking.of(value)).build(of.features(), of.seed());
    copyWeights(plain, masking.weights());
    Tensor x = of.input(value);
    assertArrayEquals(plain.predict(x, of.mask()).toArray(), masking.predict(x).toArray());
  }

  @Provide
  Arbitrary<Float> values() {
    return Arbitraries.of(0f, -0f, -1f, 1e30f, Float.POSITIVE_INFINITY);
  }

  @Property(tries = 1500)
  void anEmbeddingsZeroMarksTheStepsThatAMaskMarks(@ForAll("models") MaskedModel of) {
    int vocabulary = 11;
    Tensor table = RecurrentModel.random(of.seed() + 1, 2, vocabulary, of.features());
    Tensor ids = Tensor.intZeros(of.batch(), of.timesteps());
    for (int sample = 0; sample < of.batch(); sample++) {
      for (int step : of.steps(sample)) {
        ids.setInt(
            (int) ((of.seed() + 7L * sample + 3L * step) % (vocabulary - 1)) + 1, sample, step);
      }
    }
    Sequential plain = of.model();
    Sequential model =
        of.modelAfter(Embedding.given(table).maskZero(true).build()).build(of.seed());
    copyWeights(plain, model.weights().subList(1, model.weights().size()));
    Tensor x = table.gather(0, ids);
    assertArrayEquals(plain.predict(x, of.mask()).toArray(), model.predict(ids).toArray());
  }

  private static void copyWeights(Sequential from, List<Weight> to) {
    for (int i = 0; i < to.size(); i++) {
      to.get(i).set(from.weights().get(i).value());
    }
  }
}
