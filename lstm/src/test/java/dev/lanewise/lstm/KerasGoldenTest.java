package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The numbers in Keras's own LSTM tests, to its tolerance. */
class KerasGoldenTest {
  private static final float TOLERANCE = 1e-5f;

  private static Sequential constant(Lstm layer, int features) {
    Sequential model = Sequential.of(layer).buildZeros(features);
    for (Weight weight : model.weights()) {
      String name = weight.name().substring(weight.name().indexOf('/') + 1);
      fill(weight, name.equals("kernel") ? 0.01f : name.equals("bias") ? 0.03f : 0.02f);
      if (name.equals("bias") && layer.unitForgetBias()) {
        for (int unit = layer.units(); unit < 2 * layer.units(); unit++) {
          weight.set(1, unit);
        }
      }
    }
    return model;
  }

  private static void assertSamples(Lstm layer, float... expected) {
    Tensor y = constant(layer, 4).predict(Tensor.arange(72).reshape(3, 6, 4));
    float[] wanted = new float[9];
    for (int i = 0; i < 9; i++) {
      wanted[i] = expected[i / 3]; // the units are alike
    }
    assertArrayEquals(wanted, y.toArray(), TOLERANCE);
  }

  @Test
  void defaults() {
    assertSamples(Lstm.of(3), 0.6288687f, 0.86899155f, 0.9460773f);
  }

  @Test
  void goBackwards() {
    Lstm layer = Lstm.builder(3).goBackwards(true).build();
    assertSamples(layer, 0.35622165f, 0.74789524f, 0.8872726f);
  }

  @Test
  void withoutUnitForgetBias() {
    Lstm layer = Lstm.builder(3).unitForgetBias(false).build();
    assertSamples(layer, 0.57019705f, 0.8661914f, 0.9459622f);
  }

  @Test
  void withoutBias() {
    Lstm layer = Lstm.builder(3).useBias(false).build();
    assertSamples(layer, 0.54986924f, 0.86226785f, 0.9443936f);
  }

  @Test
  void repeatsTheOutputBeforeAMaskedStep() {
    Lstm layer = Lstm.builder(2).returnSequences(true).build();
    Tensor x = Tensor.arange(24).reshape(2, 4, 3);
    Tensor y = constant(layer, 3).predict(x, Mask.ofLengths(4, 3, 2));
    float[] steps = {
      0.0158891f, 0.05552048f, 0.11755939f, 0.11755939f,
      0.14185596f, 0.28556207f, 0.28556207f, 0.28556207f
    };
    assertArrayEquals(steps, y.slice(2, 0, 1).toArray(), TOLERANCE);
    assertArrayEquals(steps, y.slice(2, 1, 2).toArray(), TOLERANCE);
  }

  @Test
  void statefulTwice() {
    Stream stream = constant(Lstm.of(4), 4).predictor().stream(2);
    Tensor x = Tensor.arange(24).reshape(2, 3, 4);
    Tensor y = Tensor.zeros(2, 4);
    for (int call = 0; call < 2; call++) {
      for (int step = 0; step < 3; step++) {
        stream.step(x.select(1, step), y);
      }
    }
    float[] expected = new float[8];
    Arrays.fill(expected, 0, 4, 0.3124785f);
    Arrays.fill(expected, 4, 8, 0.6863672f);
    assertArrayEquals(expected, y.toArray(), TOLERANCE);
  }

  private static void fill(Weight weight, float value) {
    weight.set(Tensor.zeros(weight.shape().toArray()).fill(value));
  }
}
