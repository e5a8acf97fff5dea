package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MinMaxScalingTest {
  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static Tensor series() {
    return Tensor.of(new float[][] {{2, 7, -1}, {4, 7, 0.5f}, {4, 7, 3}, {6, 7, 2.25f}});
  }

  @Test
  void bringsEachFeatureToZeroToOne() {
    MinMaxScaling fitted = MinMaxScaling.fit(series());
    assertArrayEquals(new float[] {2, 7, -1}, fitted.min());
    assertArrayEquals(new float[] {6, 7, 3}, fitted.max());
    assertArrayEquals(
        new float[] {0, 0, 0, 0.5f, 0, 0.375f, 0.5f, 0, 1, 1, 0, 0.8125f},
        fitted.transform(series()).toArray());
  }

  @Test
  void bringsEachFeatureToAnyRange() {
    MinMaxScaling fitted = MinMaxScaling.fit(series(), -1, 3);
    assertEquals(-1, fitted.low());
    assertEquals(3, fitted.high());
    assertArrayEquals(
        new float[] {-1, -1, -1, 1, -1, 0.5f, 1, -1, 3, 3, -1, 2.25f},
        fitted.transform(series()).toArray());
  }

  @Test
  void endsAreExactFromZeroToOneWhateverTheNumbers() {
    float[][] pairs = {{0.1f, 0.3f}, {-1e-40f, 3e-39f}, {1e8f, 100000008}, {-1e38f, 1e38f}};
    for (float[] pair : pairs) {
      Tensor x = Tensor.of(pair, 2, 1);
      assertArrayEquals(new float[] {0, 1}, MinMaxScaling.fit(x).transform(x).toArray());
    }
  }

  @Test
  void isTheFormulaInDouble() {
    Tensor x = Tensor.arange(1021).reshape(1021, 1);
    MinMaxScaling fitted = MinMaxScaling.fit(x.slice(0, 3, 900), -0.7f, 0.9f);
    Tensor y = fitted.transform(x);
    for (int row = 0; row < 1021; row++) {
      double expected = -0.7f + (row - 3) / 896.0 * ((double) 0.9f - -0.7f);
      assertEquals(expected, y.get(row, 0), 4 * Math.ulp(1f));
    }
  }

  @Test
  void scalesBack() {
    for (MinMaxScaling fitted :
        new MinMaxScaling[] {MinMaxScaling.fit(series()), MinMaxScaling.fit(series(), -1, 1)}) {
      assertTrue(fitted.inverse(fitted.transform(series())).allClose(series(), 1e-6, 1e-6));
    }
  }

  @Test
  void scalesNumbersBeyondThePartItWasFittedOn() {
    Tensor x = Tensor.of(new float[] {0, 8, 10}, 3, 1);
    MinMaxScaling fitted = MinMaxScaling.fit(x.slice(0, 0, 2));
    assertArrayEquals(new float[] {0, 1, 1.25f}, fitted.transform(x).toArray());
  }

  @Test
  void takesSamplesAsTheirRows() {
    Tensor windows = Windows.length(2).inputs(series());
    MinMaxScaling fitted = MinMaxScaling.fit(windows);
    assertArrayEquals(MinMaxScaling.fit(series()).min(), fitted.min());
    assertArrayEquals(MinMaxScaling.fit(series()).max(), fitted.max());
    assertArrayEquals(
        fitted.transform(series()).slice(0, 2, 4).toArray(),
        fitted.transform(windows).select(0, -1).toArray());
  }

  @Test
  void isWhatItsLayersDoBitForBit() {
    Scaling fitted = MinMaxScaling.fit(series(), 0.1f, 0.9f);
    Tensor x = series().expandDims(0);
    Sequential forth = Sequential.of(fitted.normalization()).build(3, 0);
    Sequential back = Sequential.of(fitted.inverseNormalization()).build(3, 0);
    assertArrayEquals(fitted.transform(x).toArray(), forth.predict(x).toArray());
    assertArrayEquals(fitted.inverse(x).toArray(), back.predict(x).toArray());
  }

  @Test
  void selectsFeatures() {
    MinMaxScaling all = MinMaxScaling.fit(series(), -1, 3);
    MinMaxScaling target = all.select(2, 0);
    assertArrayEquals(new float[] {-1, 2}, target.min());
    Tensor swapped = Tensor.concat(1, series().slice(1, 2, 3), series().slice(1, 0, 1));
    Tensor y = all.transform(series());
    assertArrayEquals(
        Tensor.concat(1, y.slice(1, 2, 3), y.slice(1, 0, 1)).toArray(),
        target.transform(swapped).toArray());
    assertEquals(
        "MinMaxScaling.select: feature 3, needs one from 0 to 2",
        assertThrows(IndexOutOfBoundsException.class, () -> all.select(3)).getMessage());
  }

  @Test
  void refusesWhatIsNoRange() {
    refused(
        "MinMaxScaling.fit: low is 1.0 and high is 1.0, needs finite numbers, low below high",
        () -> MinMaxScaling.fit(series(), 1, 1));
    refused(
        "MinMaxScaling.fit: low is 0.0 and high is NaN, needs finite numbers, low below high",
        () -> MinMaxScaling.fit(series(), 0, Float.NaN));
    refused(
        "MinMaxScaling.fit: low is -Infinity and high is 0.0, needs finite numbers, low below high",
        () -> MinMaxScaling.fit(series(), Float.NEGATIVE_INFINITY, 0));
  }

  @Test
  void refusesWhatCannotBeScaled() {
    refused(
        "MinMaxScaling.fit: needs finite numbers, got Infinity at (0, 0); axes (time, features)",
        () -> MinMaxScaling.fit(Tensor.of(new float[] {Float.POSITIVE_INFINITY}, 1, 1)));
    refused(
        "MinMaxScaling.fit: needs one row or more, got (0, 3)",
        () -> MinMaxScaling.fit(Tensor.zeros(0, 3)));
    refused(
        "MinMaxScaling.fit: needs (time, features) or (samples, timesteps, features), got the 4-D"
            + " (1, 2, 3, 4)",
        () -> MinMaxScaling.fit(Tensor.zeros(1, 2, 3, 4)));
    float most = Float.MAX_VALUE;
    refused(
        "MinMaxScaling.fit: feature 0 is too large to scale in float32; change its unit",
        () -> MinMaxScaling.fit(Tensor.of(new float[] {most, -most}, 2, 1)));
  }

  @Test
  void refusesOtherFeatures() {
    refused(
        "MinMaxScaling.transform: was fitted on features=3, got (4, 2); features are the last axis",
        () -> MinMaxScaling.fit(series()).transform(Tensor.zeros(4, 2)));
  }
}
