package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.contract.ActivationKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import dev.lanewise.kernels.vector.VectorKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpTest {

  private static final ActivationKernel SCALAR = new ScalarKernels().exp();

  /** 1.013 at 59.306038, the worst of all 2^32; twenty more floats are off by over 1. */
  private static final double LARGEST_ULPS = 1.02;

  @Test
  void staysWithinItsErrorOverAllFloats() {
    for (MemorySegment x : new MemorySegment[] {FloatSweep.everywhere(), FloatSweep.around(110f)}) {
      double worst = FloatSweep.worstUlps(x, Exp::apply, Math::exp);
      assertTrue(worst <= LARGEST_ULPS, () -> "off by " + worst + " ULP");
    }
  }

  @Test
  void isTheScalarKernelsBitsOverAllFloats() {
    FloatSweep.assertSameBits(FloatSweep.everywhere(), SCALAR::apply, Exp::apply);
    FloatSweep.assertSameBits(FloatSweep.around(110f), SCALAR::apply, Exp::apply);
  }

  @Test
  void isRightAtEveryLengthAndLeavesTheRestAlone() {
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.vector(arena, n).random(new SplittableRandom(n), 20f);
        Block y = Block.vector(arena, n).fill(Float.NaN);
        Exp.apply(n, x.segment, x.offset, y.segment, y.offset);
        for (int j = 0; j < n; j++) {
          assertTrue(Tolerance.ulps(Math.exp(x.get(0, j)), y.get(0, j)) <= LARGEST_ULPS);
        }
        x.assertMarginUntouched();
        y.assertMarginUntouched();
        Exp.apply(n, x.segment, x.offset, x.segment, x.offset);
        assertArrayEquals(y.values(), x.values());
      }
    }
  }

  @Test
  void theGradientIsTheProductWithTheValue() {
    ActivationKernel vector = new VectorKernels().exp();
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block y = Block.vector(arena, n).random(random);
        Block dy = Block.vector(arena, n).random(random);
        for (ActivationKernel kernel : new ActivationKernel[] {SCALAR, vector}) {
          Block dx = Block.vector(arena, n).fill(Float.NaN);
          kernel.gradient(n, y.segment, y.offset, dy.segment, dy.offset, dx.segment, dx.offset);
          for (int j = 0; j < n; j++) {
            assertEquals(y.get(0, j) * dy.get(0, j), dx.get(0, j));
          }
          dx.assertMarginUntouched();
        }
      }
    }
  }

  private static float at(float x) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(JAVA_FLOAT, x);
      Exp.apply(1, one, 0, one, 0);
      return one.get(JAVA_FLOAT, 0);
    }
  }

  @Test
  void hasItsLimits() {
    assertEquals(Float.NaN, at(Float.NaN));
    assertEquals(Float.POSITIVE_INFINITY, at(Float.POSITIVE_INFINITY));
    assertEquals(0f, at(Float.NEGATIVE_INFINITY));
    assertEquals(1f, at(0f));
    assertEquals(1f, at(-0f));
    assertEquals(1f, at(Float.MIN_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, at(88.73f));
    assertEquals(Float.POSITIVE_INFINITY, at(Float.MAX_VALUE));
    assertEquals(0f, at(-104f));
    assertEquals(0f, at(-Float.MAX_VALUE));
    assertEquals(Float.MIN_VALUE, at(-103.2f));
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "Exp: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Exp.apply(-1, s, 0, s, 0)));
    assertEquals(
        "Exp: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Exp.apply(10, s, 1, s, 0)));
    assertEquals(
        "Exp: y takes 11 elements from offset 0, but its segment holds 10",
        message(
            IndexOutOfBoundsException.class,
            () -> Exp.apply(11, Arena.ofAuto().allocate(44, 4), 0, s, 0)));
    assertEquals(
        "Exp: y is written, but its segment is read-only",
        message(IllegalArgumentException.class, () -> Exp.apply(10, s, 0, s.asReadOnly(), 0)));
  }
}
