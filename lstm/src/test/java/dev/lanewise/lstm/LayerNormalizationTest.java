package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerNormalizationTest {
  private static final Lstm SEQUENCES = Lstm.builder(4).returnSequences(true).build();

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static Sequential model() {
    LayerNormalization first = LayerNormalization.of();
    return NormalizationCases.disturb(
        Sequential.of(first, SEQUENCES, LayerNormalization.of(), Dense.of(2)).build(3, 1));
  }

  /** By hand: mean 4, variance 8. */
  @Test
  void normalizesTheFeaturesOfEachStep() {
    LayerNormalization layer = LayerNormalization.builder().epsilon(1).build();
    Sequential model = Sequential.of(layer).build(3, 0);
    model.weights().get(0).set(Tensor.of(new float[] {3, 6, 9}, 3));
    model.weights().get(1).set(Tensor.of(new float[] {1, 2, -1}, 3));
    float r = (float) Math.sqrt(12);
    Tensor x = Tensor.of(new float[] {4 - r, 4, 4 + r, 5, 5, 5}, 1, 2, 3);
    float step = r / 3; // of r / sqrt(8 + 1)
    assertArrayEquals(
        new float[] {1 - 3 * step, 2, 9 * step - 1, 1, 2, -1}, model.predict(x).toArray(), 1e-5f);
    assertEquals(Shape.of(1, 3), model.predict(x.select(1, 0)).shape());
  }

  @Test
  void beginsWithOnesAndZerosAsFarAsItHasSuch() {
    for (boolean scale : new boolean[] {true, false}) {
      for (boolean center : new boolean[] {true, false}) {
        LayerNormalization layer =
            LayerNormalization.builder().scale(scale).center(center).name("n").build();
        List<Weight> weights = Sequential.of(layer).build(2, 0).weights();
        assertEquals((scale ? 1 : 0) + (center ? 1 : 0), weights.size());
        if (scale) {
          assertEquals("n/gamma", weights.getFirst().name());
          assertArrayEquals(new float[] {1, 1}, weights.getFirst().value().toArray());
        }
        if (center) {
          assertEquals("n/beta", weights.getLast().name());
          assertArrayEquals(new float[] {0, 0}, weights.getLast().value().toArray());
        }
      }
    }
  }

  @Test
  void aSampleAloneGivesTheBitsThatItGivesInABatch() {
    Sequential model = model();
    Tensor x = ReferenceModel.random(1, 130, 6, 3); // more than a block of rows
    Tensor y = model.predict(x);
    float[] last = model.predict(x.slice(0, 129, 130)).toArray();
    assertArrayEquals(last, y.select(0, 129).toArray());
  }

  @Test
  void aStreamGivesTheBitsOfTheWholeSequence() {
    Sequential model = model();
    Tensor x = ReferenceModel.random(1, 2, 6, 3);
    Tensor y = model.predict(x);
    Stream stream = model.predictor().stream(2);
    Tensor out = Tensor.zeros(2, 2);
    for (int step = 0; step < 6; step++) {
      stream.step(x.select(1, step), out);
      assertArrayEquals(y.select(1, step).toArray(), out.toArray());
    }
  }

  @Test
  void aMaskPasses() {
    Sequential model = Sequential.of(LayerNormalization.of(), Lstm.of(3), Dense.of(1)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 2, 6, 3);
    Tensor masked = model.predict(x, Mask.ofLengths(6, 6, 4));
    float[] alone = model.predict(x.slice(0, 1, 2).slice(1, 0, 4)).toArray();
    assertArrayEquals(alone, masked.select(0, 1).toArray());
  }

  @Test
  void refusesAnEpsilonThatIsNotAboveZero() {
    for (double value : new double[] {0, -1e-3, Double.NaN, Double.POSITIVE_INFINITY}) {
      refuses(
          "LayerNormalization: epsilon=" + value + ", expected a finite number above 0",
          () -> LayerNormalization.builder().epsilon(value));
    }
  }
}
