package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StandardizationTest {
  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static Tensor series() {
    return Tensor.of(new float[][] {{2, 7, -1}, {4, 7, 0.5f}, {4, 7, 3}, {6, 7, 2.25f}});
  }

  @Test
  void takesMeanAndPopulationDeviation() {
    Standardization fitted = Standardization.fit(series());
    assertArrayEquals(new float[] {4, 7, 1.1875f}, fitted.mean());
    float third = (float) Math.sqrt((4.78515625 + 0.47265625 + 3.28515625 + 1.12890625) / 4);
    assertArrayEquals(new float[] {(float) Math.sqrt(2), 1, third}, fitted.deviation());
  }

  @Test
  void givesAConstantFeatureTheDeviationOneWhateverItsMeanRoundsTo() {
    float[] tenths = new float[1021];
    java.util.Arrays.fill(tenths, 0.1f);
    Standardization fitted = Standardization.fit(Tensor.of(tenths, 1021, 1));
    assertArrayEquals(new float[] {1}, fitted.deviation());
  }

  @Test
  void takesSamplesAsTheirRows() {
    Tensor rows = Tensor.concat(0, series(), series().slice(0, 1, 3));
    Tensor samples = rows.reshape(2, 3, 3);
    Standardization fitted = Standardization.fit(samples.permute(2, 0, 1).copy().permute(1, 2, 0));
    assertArrayEquals(Standardization.fit(rows).mean(), fitted.mean());
    assertArrayEquals(Standardization.fit(rows).deviation(), fitted.deviation());
    samples.set(Float.NaN, 1, 0, 2);
    refused(
        "Standardization.fit: needs finite numbers, got NaN at (1, 0, 2);"
            + " axes (samples, timesteps, features)",
        () -> Standardization.fit(samples));
    refused(
        "Standardization.fit: needs one row or more, got (2, 0, 3)",
        () -> Standardization.fit(Tensor.zeros(2, 0, 3)));
  }

  @Test
  void accumulatesInDouble() {
    // In float32 the sum of these would stop growing at 2^24 * 1000.
    float[] large = new float[200_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = 1e8f + (i % 2 == 0 ? 1000 : -1000);
    }
    Standardization fitted = Standardization.fit(Tensor.of(large, large.length, 1));
    assertArrayEquals(new float[] {1e8f}, fitted.mean());
    assertArrayEquals(new float[] {1000}, fitted.deviation());
  }

  @Test
  void scalesAndScalesBack() {
    Standardization fitted = Standardization.fit(series());
    Tensor scaled = fitted.transform(series());
    assertEquals(series().shape(), scaled.shape());
    assertEquals((2 - 4f) / (float) Math.sqrt(2), scaled.get(0, 0));
    assertTrue(fitted.inverse(scaled).allClose(series(), 1e-6, 1e-6));
  }

  @Test
  void scalesAnyRankAndStrides() {
    Standardization fitted = Standardization.fit(series());
    Tensor cube = Tensor.stack(1, series(), series());
    assertEquals(Shape.of(4, 2, 3), fitted.transform(cube).shape());
    assertArrayEquals(
        fitted.transform(series()).toArray(), fitted.transform(cube).select(1, 1).toArray());
  }

  @Test
  void isWhatItsLayersDoBitForBit() {
    Standardization fitted = Standardization.fit(series());
    Tensor x = series().expandDims(0);
    Sequential forth = Sequential.of(fitted.normalization()).build(3, 0);
    Sequential back = Sequential.of(fitted.inverseNormalization()).build(3, 0);
    assertArrayEquals(fitted.transform(x).toArray(), forth.predict(x).toArray());
    assertArrayEquals(fitted.inverse(x).toArray(), back.predict(x).toArray());
  }

  @Test
  void selectsFeatures() {
    Standardization target = Standardization.fit(series()).select(2, 0);
    assertArrayEquals(new float[] {1.1875f, 4}, target.mean());
    assertEquals(
        "Standardization.select: feature 3, needs one from 0 to 2",
        assertThrows(IndexOutOfBoundsException.class, () -> Standardization.fit(series()).select(3))
            .getMessage());
  }

  @Test
  void refusesWhatCannotBeScaled() {
    refused(
        "Standardization.fit: needs finite numbers, got NaN at (1, 0); axes (time, features)",
        () -> Standardization.fit(Tensor.of(new float[] {1, Float.NaN}, 2, 1)));
    refused(
        "Standardization.fit: needs one row or more, got (0, 3)",
        () -> Standardization.fit(Tensor.zeros(0, 3)));
    refused(
        "Standardization.fit: needs (time, features) or (samples, timesteps, features), got the"
            + " 1-D (5); for one feature: x.reshape(5, 1)",
        () -> Standardization.fit(Tensor.zeros(5)));
    float most = Float.MAX_VALUE;
    Standardization widest = Standardization.fit(Tensor.of(new float[] {most, -most}, 2, 1));
    assertArrayEquals(new float[] {most}, widest.deviation());
  }

  @Test
  void refusesOtherFeatures() {
    refused(
        "Standardization.transform: was fitted on features=3, got (4, 2); features are the last"
            + " axis",
        () -> Standardization.fit(series()).transform(Tensor.zeros(4, 2)));
    refused(
        "Standardization.inverse: was fitted on features=3, got (); features are the last axis",
        () -> Standardization.fit(series()).inverse(Tensor.zeros()));
  }
}
