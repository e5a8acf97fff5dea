package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.Activation;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link ActivationLayer}, {@link Relu} and {@link Elu}. */
class ActivationLayerTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float[] X = {-INFINITY, -2, -0.5f, 0, 0.5f, 2, 7, INFINITY, Float.NaN};

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static float[] of(Layer layer) {
    return Sequential.of(layer).build(X.length, 0).predict(Tensor.of(X, 1, X.length)).toArray();
  }

  static List<Layer> layers() {
    return List.of(
        ActivationLayer.of(Activation.LINEAR),
        ActivationLayer.of(Activation.TANH),
        Relu.leaky(0.3f),
        Elu.of(0.5f));
  }

  @Test
  void isTheActivationOfADense() {
    Tensor x = ReferenceModel.random(1, 3, 4, 2);
    for (Activation activation : Activation.values()) {
      Sequential one = Sequential.of(Dense.of(3, activation)).build(2, 1);
      Sequential two = Sequential.of(Dense.of(3), ActivationLayer.of(activation)).build(2, 1);
      assertArrayEquals(one.predict(x).toArray(), two.predict(x).toArray());
    }
  }

  @Test
  void rectifies() {
    assertArrayEquals(new float[] {0, 0, 0, 0, 0.5f, 2, 7, INFINITY, Float.NaN}, of(Relu.of()));
    assertArrayEquals(
        new float[] {-INFINITY, -0.5f, -0.125f, 0, 0.5f, 2, 7, INFINITY, Float.NaN},
        of(Relu.leaky(0.25f)));
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 0.5f, 2, 6, 6, Float.NaN}, of(Relu.builder().maxValue(6).build()));
    assertArrayEquals(
        new float[] {-INFINITY, -1.5f, -0.75f, -0.5f, -0.25f, 2, 6, 6, Float.NaN},
        of(Relu.builder().maxValue(6).negativeSlope(0.5f).threshold(1).build()));
  }

  @Test
  void isExponentialBelowZero() {
    assertArrayEquals(of(ActivationLayer.of(Activation.ELU)), of(Elu.of(1)));
    assertArrayEquals(
        new float[] {
          -2,
          (float) (2 * Math.expm1(-2)),
          (float) (2 * Math.expm1(-0.5)),
          0,
          0.5f,
          2,
          7,
          INFINITY,
          Float.NaN
        },
        of(Elu.of(2)),
        4e-7f);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aSampleAloneGivesTheBitsThatItGivesInABatch(Layer layer) {
    Sequential model = Sequential.of(layer, Lstm.of(2)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 130, 7, 3); // more than a block of rows
    Tensor y = model.predict(x);
    float[] last = model.predict(x.slice(0, 129, 130)).toArray();
    assertArrayEquals(last, y.select(0, 129).toArray());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aMaskPasses(Layer layer) {
    Sequential model = Sequential.of(layer, Lstm.of(2)).build(3, 1);
    Tensor x = ReferenceModel.random(1, 2, 6, 3);
    Tensor masked = model.predict(x, Mask.ofLengths(6, 6, 4));
    float[] alone = model.predict(x.slice(0, 1, 2).slice(1, 0, 4)).toArray();
    assertArrayEquals(alone, masked.select(0, 1).toArray());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aStreamGivesTheBitsOfTheWhole(Layer layer) {
    Lstm sequences = Lstm.builder(4).returnSequences(true).build();
    Sequential model = Sequential.of(layer, sequences, layer).build(3, 1);
    Tensor x = ReferenceModel.random(1, 2, 5, 3);
    Tensor whole = model.predict(x);
    Stream stream = model.predictor().stream(2);
    Tensor y = Tensor.zeros(2, 4);
    for (int step = 0; step < 5; step++) {
      stream.step(x.select(1, step), y);
      assertArrayEquals(whole.select(1, step).toArray(), y.toArray());
    }
  }

  @Test
  void refusesWhatIsNoSlope() {
    refuses("Relu: negativeSlope=-0.1, expected 0 or more", () -> Relu.leaky(-0.1f));
    refuses("Relu: negativeSlope=NaN, expected a finite number", () -> Relu.leaky(Float.NaN));
    refuses("Relu: maxValue=-1.0, expected 0 or more", () -> Relu.builder().maxValue(-1));
    refuses("Relu: maxValue=NaN, expected 0 or more", () -> Relu.builder().maxValue(Float.NaN));
    refuses("Relu: threshold=-1.0, expected 0 or more", () -> Relu.builder().threshold(-1));
    refuses(
        "Relu: threshold=Infinity, expected a finite number",
        () -> Relu.builder().threshold(INFINITY));
    refuses("Elu: alpha=Infinity, expected a finite number", () -> Elu.of(INFINITY));
  }
}
