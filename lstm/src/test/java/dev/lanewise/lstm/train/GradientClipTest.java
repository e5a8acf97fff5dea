package dev.lanewise.lstm.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.lstm.memory.Blocks;
import dev.lanewise.lstm.memory.Initializer;
import dev.lanewise.lstm.memory.ModelWeights;
import dev.lanewise.lstm.memory.SplitMix64;
import dev.lanewise.lstm.memory.StoredWeight;
import dev.lanewise.lstm.memory.WeightSpec;
import dev.lanewise.lstm.memory.Workers;
import dev.lanewise.tensor.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientClipTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  /** One of several chunks and a rest, one of a few elements, one that is not trained. */
  private static final ModelWeights WEIGHTS =
      ModelWeights.zeros(
          List.of(
              List.of(
                  WeightSpec.trained("large", Shape.of(70_003), Initializer.ZEROS),
                  WeightSpec.trained("small", Shape.of(5), Initializer.ZEROS),
                  new WeightSpec("mean", Shape.of(3), false, Initializer.ZEROS, false))),
          List.of("layer"));

  private static final int N = Math.toIntExact(WEIGHTS.trainableElements());

  private static final long BYTES = N * (long) Float.BYTES;

  /** Numbers from -1 to 1 in the weights, zeros between. */
  private static MemorySegment gradients() {
    MemorySegment values = Blocks.allocate(Arena.ofAuto(), N);
    SplitMix64 random = SplitMix64.stream(1, 0);
    for (StoredWeight weight : WEIGHTS.all()) {
      for (long i = 0; weight.trainable() && i < weight.shape().size(); i++) {
        values.setAtIndex(JAVA_FLOAT, weight.offset() + i, random.nextInt(2001) / 1000f - 1);
      }
    }
    return values;
  }

  private static float[] floats(MemorySegment values) {
    return values.asSlice(0, BYTES).toArray(JAVA_FLOAT);
  }

  private static double norm(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  private static float[] clipped(Clipping to, int threads) {
    MemorySegment gradients = gradients();
    try (Workers workers = new Workers(threads)) {
      assertTrue(new GradientClip(gradients, WEIGHTS).apply(workers, to));
    }
    return floats(gradients);
  }

  private static void assertScaled(float[] expected, float[] actual, int from, int to, double by) {
    for (int i = from; i < to; i++) {
      assertEquals(expected[i] * by, actual[i], 2 * Math.ulp(1f), "element " + i);
    }
  }

  private static int at(int weight) {
    return Math.toIntExact(WEIGHTS.all().get(weight).offset());
  }

  @Test
  void holdsTheNormOfEachWeight() {
    float[] before = floats(gradients());
    double large = norm(before, 0, 70_003);
    double small = norm(before, at(1), at(1) + 5);
    double limit = (large + small) / 2;
    float[] after = clipped(new Clipping(NONE, limit, NONE), 1);
    assertScaled(before, after, 0, at(1), limit / large);
    assertScaled(before, after, at(1), N, 1);
    limit = small / 2;
    after = clipped(new Clipping(NONE, limit, NONE), 1);
    assertEquals(limit, norm(after, 0, 70_003), limit * 1e-6);
    assertEquals(limit, norm(after, at(1), N), limit * 1e-6);
    assertArrayEquals(before, clipped(new Clipping(NONE, large + 1, NONE), 1));
  }

  @Test
  void holdsTheNormOfAllTogether() {
    float[] before = floats(gradients());
    double norm = norm(before, 0, N);
    float[] after = clipped(new Clipping(NONE, NONE, norm / 3), 1);
    assertScaled(before, after, 0, N, 1 / 3.0);
    assertArrayEquals(before, clipped(new Clipping(NONE, NONE, norm + 1), 1));
  }

  @Test
  void holdsEachNumber() {
    float[] before = floats(gradients());
    float[] after = clipped(new Clipping(0.25, NONE, NONE), 1);
    for (int i = 0; i < N; i++) {
      assertEquals(Math.clamp(before[i], -0.25f, 0.25f), after[i], "element " + i);
    }
    assertArrayEquals(before, clipped(new Clipping(1, NONE, NONE), 1));
    assertArrayEquals(before, clipped(Clipping.NONE, 1));
  }

  private static List<Clipping> each() {
    return List.of(
        Clipping.NONE,
        new Clipping(0.25, NONE, NONE),
        new Clipping(NONE, 0.25, NONE),
        new Clipping(NONE, NONE, 0.25));
  }

  @Test
  void threadsDoNotChangeTheBits() {
    for (Clipping clipping : each()) {
      float[] alone = clipped(clipping, 1);
      assertArrayEquals(alone, clipped(clipping, 2));
      assertArrayEquals(alone, clipped(clipping, 3));
    }
  }

  @Test
  void refusesWhatIsNotFiniteOrWhoseSquareIsNotAndLeavesTheRest() {
    for (Clipping clipping : each()) {
      for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1e20f}) {
        for (int at : new int[] {0, 69_000, at(1) + 4}) {
          MemorySegment gradients = gradients();
          gradients.setAtIndex(JAVA_FLOAT, at, value);
          float[] before = floats(gradients);
          assertFalse(new GradientClip(gradients, WEIGHTS).apply(Workers.ALONE, clipping));
          assertArrayEquals(before, floats(gradients));
        }
      }
    }
  }
}
