package dev.lanewise.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static Tensor weight(Sequential model, String name) {
    return model.weights().stream()
        .filter(weight -> weight.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Sequential model(long seed) {
    return Sequential.of(Lstm.of(40), Dense.of(7)).build(100, seed);
  }

  @Test
  void kernelsAreGlorotUniformOverTheWholeMatrix() {
    assertGlorot(weight(model(1), "lstm/kernel"), Math.sqrt(6.0 / (100 + 160)));
    assertGlorot(weight(model(1), "dense/kernel"), Math.sqrt(6.0 / (40 + 7)));
  }

  private static void assertGlorot(Tensor kernel, double limit) {
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : kernel.toArray()) {
      sum += value;
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    double n = kernel.size();
    assertTrue(largest <= limit && largest > 0.98 * limit, "largest " + largest);
    double deviation = limit / Math.sqrt(3);
    assertEquals(0, sum / n, 4 * deviation / Math.sqrt(n));
    assertEquals(deviation, Math.sqrt(squares / n), 0.1 * deviation);
  }

  @Test
  void recurrentKernelsHaveOrthonormalRows() {
    Tensor kernel = weight(model(1), "lstm/recurrent_kernel");
    for (int a = 0; a < 40; a++) {
      for (int b = 0; b < 40; b++) {
        double dot = 0;
        for (int i = 0; i < 160; i++) {
          dot += (double) kernel.get(a, i) * kernel.get(b, i);
        }
        assertEquals(a == b ? 1 : 0, dot, 1e-6);
      }
    }
  }

  @Test
  void biasesAreZeroAndThoseOfForgetGatesOne() {
    float[] expected = new float[160];
    Arrays.fill(expected, 40, 80, 1);
    assertArrayEquals(expected, weight(model(1), "lstm/bias").toArray());
    assertArrayEquals(new float[7], weight(model(1), "dense/bias").toArray());
    Lstm zero = Lstm.builder(4).unitForgetBias(false).build();
    assertArrayEquals(
        new float[16], weight(Sequential.of(zero).build(1, 1), "lstm/bias").toArray());
  }

  @Test
  void theSeedDecidesEveryBit() {
    for (String name : new String[] {"lstm/kernel", "lstm/recurrent_kernel", "dense/kernel"}) {
      float[] first = weight(model(1), name).toArray();
      assertArrayEquals(first, weight(model(1), name).toArray());
      assertFalse(Arrays.equals(first, weight(model(2), name).toArray()));
    }
  }

  /** A change of these numbers is a change of every model that is trained from a seed. */
  @Test
  void theNumbersOfASeedStayForEver() {
    SplitMix64 random = SplitMix64.stream(42, 0);
    assertEquals(7138415436909018950L, random.nextLong());
    assertEquals(0.9213172250065323, random.nextDouble());
    assertEquals(-0.3315794131960261, random.nextGaussian());
    assertEquals(290, random.nextInt(1000));
  }

  @Test
  void integersAreUniform() {
    SplitMix64 random = SplitMix64.stream(1, 1);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[random.nextInt(7)]++;
    }
    for (int count : counts) {
      assertEquals(10_000, count, 400);
    }
  }

  @Test
  void gaussiansHaveMeanZeroAndDeviationOne() {
    SplitMix64 random = SplitMix64.stream(1, 2);
    double sum = 0;
    double squares = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      double value = random.nextGaussian();
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / n, 0.02);
    assertEquals(1, squares / n, 0.02);
  }

  @Test
  void zerosAreZerosButForNormalizations() {
    Normalization fixed = Normalization.of(new float[] {5}, new float[] {2});
    Sequential model = Sequential.of(fixed, Lstm.of(3)).buildZeros(1);
    assertArrayEquals(new float[] {5}, weight(model, "normalization/mean").toArray());
    assertArrayEquals(new float[] {2}, weight(model, "normalization/deviation").toArray());
    assertArrayEquals(new float[36], weight(model, "lstm/recurrent_kernel").toArray());
    assertArrayEquals(new float[12], weight(model, "lstm/bias").toArray());
  }
}
