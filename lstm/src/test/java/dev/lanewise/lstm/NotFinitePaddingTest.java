package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lanewise.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What padding holds means nothing, be it NaN: the law is that it does as 0 there does. */
class NotFinitePaddingTest {
  private static final int SAMPLES = 6;
  private static final int STEPS = 5;
  private static final int[] LENGTHS = {5, 3, 0, 1, 4, 5};
  private static final Mask MASK = Mask.ofLengths(STEPS, LENGTHS);

  private static Lstm every(int units) {
    return Lstm.builder(units).returnSequences(true).build();
  }

  /** A model, and whether it gives all steps. */
  private static Stream<Arguments> models() {
    return Stream.of(
        model(false, () -> Sequential.of(Lstm.of(4), Dense.of(1))),
        model(true, () -> Sequential.of(every(4), Dense.of(1))),
        model(false, () -> Sequential.of(every(4), Lstm.of(3), Dense.of(1))),
        model(false, () -> Sequential.of(Dense.of(3), Lstm.of(4), Dense.of(1))),
        model(true, () -> Sequential.of(Dense.of(3), every(4), Dense.of(1))),
        model(false, () -> Sequential.of(Bidirectional.of(every(3)), Lstm.of(2), Dense.of(1))),
        model(false, () -> Sequential.of(scaled(), Dense.of(3), Lstm.of(3), Dense.of(1))),
        model(
            false, () -> Sequential.of(BatchNormalization.of(), every(3), Lstm.of(2), Dense.of(1))),
        model(true, () -> Sequential.of(LayerNormalization.of(), every(3), Dense.of(1))),
        model(true, () -> Sequential.of(Dropout.of(0.2), Dense.of(2), every(3), Dense.of(1))));
  }

  private static Normalization scaled() {
    return Normalization.of(new float[] {1, 2}, new float[] {3, 4});
  }

  private static Arguments model(boolean sequence, Supplier<Sequential> layers) {
    return arguments(sequence, layers);
  }

  /** Random, with one value in all padding. */
  private static Tensor padded(float value, long... dims) {
    SplittableRandom random = new SplittableRandom(3);
    Tensor tensor = Tensor.zeros(dims);
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < dims[2]; i++) {
          float real = (float) random.nextGaussian();
          tensor.set(MASK.uses(sample, step) ? real : value, sample, step, i);
        }
      }
    }
    return tensor;
  }

  private static Tensor target(boolean sequence, float value) {
    Tensor every = padded(value, SAMPLES, STEPS, 1);
    return sequence ? every : padded(0, SAMPLES, STEPS, 1).select(1, 0).copy();
  }

  private static Sequential compiled(Supplier<Sequential> layers) {
    return layers.get().build(2, 9).compile(Adam.of(0.01), Loss.MEAN_SQUARED_ERROR);
  }

  private static FitOptions options(Tensor x, Tensor y) {
    return FitOptions.builder().epochs(3).batchSize(2).seed(1).validationData(x, MASK, y).build();
  }

  @ParameterizedTest
  @MethodSource("models")
  void trainsAndEvaluatesAsWithZerosThere(boolean sequence, Supplier<Sequential> layers) {
    Tensor x = padded(0, SAMPLES, STEPS, 2);
    Tensor y = target(sequence, 0);
    Sequential expected = compiled(layers);
    History history = expected.fit(x, MASK, y, options(x, y));
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Tensor spoiled = padded(value, SAMPLES, STEPS, 2);
      Tensor wanted = target(sequence, value);
      Sequential model = compiled(layers);
      History got = model.fit(spoiled, MASK, wanted, options(spoiled, wanted));
      assertArrayEquals(history.loss(), got.loss());
      assertArrayEquals(history.validationLoss(), got.validationLoss());
      for (int i = 0; i < model.weights().size(); i++) {
        assertArrayEquals(
            expected.weights().get(i).value().toArray(), model.weights().get(i).value().toArray());
      }
      double loss = model.evaluate(spoiled, MASK, wanted).loss();
      assertTrue(Double.isFinite(loss), "loss " + loss);
      assertEquals(expected.evaluate(x, MASK, y).loss(), loss);
      Tensor real = model.predict(x, MASK);
      Tensor predicted = model.predict(spoiled, MASK);
      for (int sample = 0; sample < SAMPLES && !sequence; sample++) {
        assertEquals(real.get(sample, 0), predicted.get(sample, 0));
      }
      assertEquals(value, spoiled.get(1, 4, 0), "the caller's numbers were changed");
    }
  }

  /** A first layer says by a value what padding is. */
  @Test
  void trainsOnTheInfinityThatMarksPadding() {
    Supplier<Sequential> zero =
        () -> Sequential.of(Masking.of(0), Dense.of(3), Lstm.of(4), Dense.of(1));
    Supplier<Sequential> infinite =
        () ->
            Sequential.of(
                Masking.of(Float.POSITIVE_INFINITY), Dense.of(3), Lstm.of(4), Dense.of(1));
    FitOptions options = FitOptions.builder().epochs(2).seed(1).build();
    Sequential expected = compiled(zero);
    Tensor y = target(false, 0);
    expected.fit(padded(0, SAMPLES, STEPS, 2), y, options);
    Sequential model = compiled(infinite);
    Tensor x = padded(Float.POSITIVE_INFINITY, SAMPLES, STEPS, 2);
    model.fit(x, y, options);
    for (int i = 0; i < model.weights().size(); i++) {
      assertArrayEquals(
          expected.weights().get(i).value().toArray(), model.weights().get(i).value().toArray());
    }
    assertEquals(Float.POSITIVE_INFINITY, model.maskValue());
    assertTrue(Float.isNaN(compiled(() -> Sequential.of(Lstm.of(1))).maskValue()));
  }

  @Test
  void stillRefusesThemInRealSteps() {
    Tensor x = padded(0, SAMPLES, STEPS, 2);
    x.set(Float.NaN, 1, 2, 1);
    Sequential model = compiled(() -> Sequential.of(Lstm.of(2), Dense.of(1)));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> model.fit(x, MASK, target(false, 0), FitOptions.of()));
    assertEquals(
        "Sequential.fit: x holds NaN at sample 1, step 2, feature 1. One such number spoils every"
            + " weight: drop the sample, or fill the gap",
        e.getMessage());
  }
}
