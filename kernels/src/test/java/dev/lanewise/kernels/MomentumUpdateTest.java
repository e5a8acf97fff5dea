package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.MomentumKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MomentumUpdateTest {

  private static final MomentumKernel SCALAR = new ScalarKernels().momentum();
  private static final float RATE = 0.01f;
  private static final float MOMENTUM = 0.9f;

  @Test
  void isKerasMomentumInDoubleOverSeveralSteps() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block g = Block.vector(arena, n);
        Block v = Block.vector(arena, n);
        Block w = Block.vector(arena, n).random(random);
        double[] velocity = new double[n];
        double[] weights = w.doubles();
        int steps = 7;
        for (int step = 0; step < steps; step++) {
          g.random(random);
          for (int j = 0; j < n; j++) {
            velocity[j] = MOMENTUM * velocity[j] - RATE * (double) g.get(0, j);
            weights[j] += velocity[j];
          }
          MomentumUpdate.apply(
              n, RATE, MOMENTUM, g.segment, g.offset, v.segment, v.offset, w.segment, w.offset);
        }
        for (int j = 0; j < n; j++) {
          // Gradients and weights are below 1, so velocities are below steps * rate.
          assertEquals(velocity[j], v.get(0, j), Tolerance.forward(steps, 0.07), "v " + j);
          assertEquals(weights[j], w.get(0, j), Tolerance.forward(steps, 1.5), "w " + j);
        }
        g.assertMarginUntouched();
        v.assertMarginUntouched();
        w.assertMarginUntouched();
      }
    }
  }

  @Test
  void isTheScalarKernelsBitsAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block g = Block.vector(arena, n).random(random);
        Block v = Block.vector(arena, n).random(random);
        Block w = Block.vector(arena, n).random(random);
        if (n > 2) {
          g.set(0, n - 1, Float.NaN);
          g.set(0, n - 2, Float.POSITIVE_INFINITY);
        }
        Block scalarV = v.copy(arena);
        Block scalarW = w.copy(arena);
        MomentumUpdate.apply(
            n, RATE, MOMENTUM, g.segment, g.offset, v.segment, v.offset, w.segment, w.offset);
        SCALAR.apply(
            n,
            RATE,
            MOMENTUM,
            g.segment,
            g.offset,
            scalarV.segment,
            scalarV.offset,
            scalarW.segment,
            scalarW.offset);
        assertArrayEquals(scalarV.values(), v.values());
        assertArrayEquals(scalarW.values(), w.values());
      }
    }
  }

  @Test
  void nesterovIsKerasInDoubleOverSeveralSteps() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block g = Block.vector(arena, n);
        Block v = Block.vector(arena, n);
        Block w = Block.vector(arena, n).random(random);
        double[] velocity = new double[n];
        double[] weights = w.doubles();
        int steps = 7;
        for (int step = 0; step < steps; step++) {
          g.random(random);
          for (int j = 0; j < n; j++) {
            velocity[j] = MOMENTUM * velocity[j] - RATE * (double) g.get(0, j);
            weights[j] += MOMENTUM * velocity[j] - RATE * (double) g.get(0, j);
          }
          MomentumUpdate.nesterov(
              n, RATE, MOMENTUM, g.segment, g.offset, v.segment, v.offset, w.segment, w.offset);
        }
        for (int j = 0; j < n; j++) {
          // Gradients and weights are below 1, so velocities are below steps * rate.
          assertEquals(velocity[j], v.get(0, j), Tolerance.forward(steps, 0.07), "v " + j);
          assertEquals(weights[j], w.get(0, j), Tolerance.forward(steps, 1.5), "w " + j);
        }
        g.assertMarginUntouched();
        v.assertMarginUntouched();
        w.assertMarginUntouched();
      }
    }
  }

  /** PyTorch's b = momentum * b + g, its first b = g, and w -= rate * (g + momentum * b). */
  @Test
  void nesterovIsPyTorchsWhileTheRateStaysTheSameAndNotAfterwards() {
    try (Arena arena = Arena.ofConfined()) {
      Block g = Block.of(arena, 1f);
      Block v = Block.vector(arena, 1);
      Block w = Block.of(arena, 0f);
      double buffer = 0;
      double weight = 0;
      for (int step = 0; step < 5; step++) {
        buffer = MOMENTUM * buffer + 1;
        weight -= RATE * (1 + MOMENTUM * buffer);
        MomentumUpdate.nesterov(
            1, RATE, MOMENTUM, g.segment, g.offset, v.segment, v.offset, w.segment, w.offset);
        assertEquals(weight, w.get(0, 0), Tolerance.forward(5, 0.2), "step " + step);
      }
      float next = RATE / 10;
      double old = v.get(0, 0);
      double keras = w.get(0, 0) + MOMENTUM * (MOMENTUM * old - next) - next;
      double pyTorch = weight - next * (1 + MOMENTUM * (MOMENTUM * buffer + 1));
      MomentumUpdate.nesterov(
          1, next, MOMENTUM, g.segment, g.offset, v.segment, v.offset, w.segment, w.offset);
      assertEquals(keras, w.get(0, 0), Tolerance.forward(6, 0.2));
      assertTrue(pyTorch - w.get(0, 0) > 0.02, "PyTorch's next step is the smaller one");
    }
  }

  @Test
  void nesterovIsTheScalarKernelsBitsAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block g = Block.vector(arena, n).random(random);
        Block v = Block.vector(arena, n).random(random);
        Block w = Block.vector(arena, n).random(random);
        if (n > 2) {
          g.set(0, n - 1, Float.NaN);
          g.set(0, n - 2, Float.POSITIVE_INFINITY);
        }
        Block scalarV = v.copy(arena);
        Block scalarW = w.copy(arena);
        MomentumUpdate.nesterov(
            n, RATE, MOMENTUM, g.segment, g.offset, v.segment, v.offset, w.segment, w.offset);
        SCALAR.nesterov(
            n,
            RATE,
            MOMENTUM,
            g.segment,
            g.offset,
            scalarV.segment,
            scalarV.offset,
            scalarW.segment,
            scalarW.offset);
        assertArrayEquals(scalarV.values(), v.values());
        assertArrayEquals(scalarW.values(), w.values());
      }
    }
  }

  private static String message(
      Class<? extends Exception> type, long n, MemorySegment g, MemorySegment v, MemorySegment w) {
    return assertThrows(type, () -> MomentumUpdate.apply(n, RATE, MOMENTUM, g, 0, v, 0, w, 0))
        .getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    MemorySegment shorter = s.asSlice(0, 36);
    MemorySegment fixed = s.asReadOnly();
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    assertEquals("MomentumUpdate: n=-1, expected 0 or more", message(illegal, -1, s, s, s));
    String nine = " takes 10 elements from offset 0, but its segment holds 9";
    assertEquals("MomentumUpdate: g" + nine, message(outside, 10, shorter, s, s));
    assertEquals("MomentumUpdate: v" + nine, message(outside, 10, s, shorter, s));
    assertEquals("MomentumUpdate: w" + nine, message(outside, 10, s, s, shorter));
    String written = " is written, but its segment is read-only";
    assertEquals("MomentumUpdate: v" + written, message(illegal, 10, s, fixed, s));
    assertEquals("MomentumUpdate: w" + written, message(illegal, 10, s, s, fixed));
    assertEquals(
        "MomentumUpdate: w" + nine,
        assertThrows(
                outside, () -> MomentumUpdate.nesterov(10, RATE, MOMENTUM, s, 0, s, 0, shorter, 0))
            .getMessage());
  }
}
