package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.AdamKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdamUpdateTest {

  private static final AdamKernel SCALAR = new ScalarKernels().adam();
  private static final double RATE = 1e-3;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-7;

  @Test
  void isKerasAdamInDoubleOverSeveralSteps() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block g = Block.vector(arena, n);
        Block m = Block.vector(arena, n);
        Block v = Block.vector(arena, n);
        Block w = Block.vector(arena, n).random(random);
        double[] first = new double[n];
        double[] second = new double[n];
        double[] weights = w.doubles();
        int steps = 7;
        for (int step = 1; step <= steps; step++) {
          g.random(random);
          for (int j = 0; j < n; j++) {
            double gradient = g.get(0, j);
            first[j] += (gradient - first[j]) * (1 - BETA1);
            second[j] += (gradient * gradient - second[j]) * (1 - BETA2);
            double corrected =
                RATE * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
            weights[j] -= corrected * first[j] / (Math.sqrt(second[j]) + EPSILON);
          }
          AdamUpdate.apply(
              n, step, RATE, BETA1, BETA2, EPSILON, g.segment, g.offset, m.segment, m.offset,
              v.segment, v.offset, w.segment, w.offset);
        }
        for (int j = 0; j < n; j++) {
          // Gradients and weights are below 1, second moments below steps * (1 - beta2).
          assertEquals(first[j], m.get(0, j), Tolerance.forward(steps, 1), "m " + j);
          assertEquals(second[j], v.get(0, j), Tolerance.forward(steps, 0.007), "v " + j);
          assertEquals(weights[j], w.get(0, j), Tolerance.forward(steps, 1), "w " + j);
        }
        g.assertMarginUntouched();
        m.assertMarginUntouched();
        v.assertMarginUntouched();
        w.assertMarginUntouched();
      }
    }
  }

  @Test
  void theFirstStepMovesEachWeightByTheLearningRate() {
    try (Arena arena = Arena.ofConfined()) {
      Block g = Block.of(arena, 3f, -0.01f, 0f);
      Block m = Block.vector(arena, 3);
      Block v = Block.vector(arena, 3);
      Block w = Block.of(arena, 1f, 1f, 1f);
      AdamUpdate.apply(
          3, 1, 0.1, BETA1, BETA2, 0, g.segment, g.offset, m.segment, m.offset, v.segment, v.offset,
          w.segment, w.offset);
      assertEquals(0.9f, w.get(0, 0), Math.ulp(1f));
      assertEquals(1.1f, w.get(0, 1), Math.ulp(1f));
      assertEquals(Float.NaN, w.get(0, 2), "0 / 0 without epsilon");
    }
  }

  @Test
  void isTheScalarKernelsBitsAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block g = Block.vector(arena, n).random(random);
        Block m = Block.vector(arena, n).random(random);
        Block v = Block.vector(arena, n).random(random, 0.5f);
        Block w = Block.vector(arena, n).random(random);
        if (n > 3) {
          g.set(0, n - 1, Float.NaN);
          g.set(0, n - 2, Float.POSITIVE_INFINITY);
          v.set(0, n - 3, -1f);
        }
        Block scalarM = m.copy(arena);
        Block scalarV = v.copy(arena);
        Block scalarW = w.copy(arena);
        long step = 3;
        AdamUpdate.apply(
            n, step, RATE, BETA1, BETA2, EPSILON, g.segment, g.offset, m.segment, m.offset,
            v.segment, v.offset, w.segment, w.offset);
        double corrected = RATE * Math.sqrt(1 - Math.pow(BETA2, 3)) / (1 - Math.pow(BETA1, 3));
        SCALAR.apply(
            n,
            (float) corrected,
            (float) (1 - BETA1),
            (float) (1 - BETA2),
            (float) EPSILON,
            g.segment,
            g.offset,
            scalarM.segment,
            scalarM.offset,
            scalarV.segment,
            scalarV.offset,
            scalarW.segment,
            scalarW.offset);
        assertArrayEquals(scalarM.values(), m.values());
        assertArrayEquals(scalarV.values(), v.values());
        assertArrayEquals(scalarW.values(), w.values());
      }
    }
  }

  private static String message(
      Class<? extends Exception> type,
      long n,
      long step,
      MemorySegment g,
      MemorySegment m,
      MemorySegment v,
      MemorySegment w) {
    return assertThrows(
            type,
            () -> AdamUpdate.apply(n, step, RATE, BETA1, BETA2, EPSILON, g, 0, m, 0, v, 0, w, 0))
        .getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    MemorySegment shorter = s.asSlice(0, 36);
    MemorySegment fixed = s.asReadOnly();
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    assertEquals("AdamUpdate: n=-1, expected 0 or more", message(illegal, -1, 1, s, s, s, s));
    assertEquals(
        "AdamUpdate: step=0, expected 1 for the first update, then 2, 3, ..",
        message(illegal, 10, 0, s, s, s, s));
    String nine = " takes 10 elements from offset 0, but its segment holds 9";
    assertEquals("AdamUpdate: g" + nine, message(outside, 10, 1, shorter, s, s, s));
    assertEquals("AdamUpdate: m" + nine, message(outside, 10, 1, s, shorter, s, s));
    assertEquals("AdamUpdate: v" + nine, message(outside, 10, 1, s, s, shorter, s));
    assertEquals("AdamUpdate: w" + nine, message(outside, 10, 1, s, s, s, shorter));
    String written = " is written, but its segment is read-only";
    assertEquals("AdamUpdate: m" + written, message(illegal, 10, 1, s, fixed, s, s));
    assertEquals("AdamUpdate: v" + written, message(illegal, 10, 1, s, s, fixed, s));
    assertEquals("AdamUpdate: w" + written, message(illegal, 10, 1, s, s, s, fixed));
    MemorySegment three = Arena.ofAuto().allocate(120, 4);
    AdamUpdate.apply(10, 1, RATE, BETA1, BETA2, EPSILON, fixed, 0, three, 0, three, 10, three, 20);
  }
}
