package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.MaximumKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaximumTest {

  private static final MaximumKernel SCALAR = new ScalarKernels().maximum();

  @Test
  void isTheLargerAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block a = Block.vector(arena, n).random(random);
        Block b = Block.vector(arena, n).random(random);
        Block y = Block.vector(arena, n).fill(Float.NaN);
        Block scalar = Block.vector(arena, n);
        float[] expected = new float[n];
        for (int j = 0; j < n; j++) {
          expected[j] = a.get(0, j) > b.get(0, j) ? a.get(0, j) : b.get(0, j);
        }
        Maximum.apply(n, a.segment, a.offset, b.segment, b.offset, y.segment, y.offset);
        assertArrayEquals(expected, y.values());
        SCALAR.apply(n, a.segment, a.offset, b.segment, b.offset, scalar.segment, scalar.offset);
        assertArrayEquals(expected, scalar.values());
        a.assertMarginUntouched();
        b.assertMarginUntouched();
        y.assertMarginUntouched();
      }
    }
  }

  @Test
  void mayWriteOverEither() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 4 * Sizes.LANES + 3;
      SplittableRandom random = new SplittableRandom(1);
      Block a = Block.vector(arena, n).random(random);
      Block b = Block.vector(arena, n).random(random);
      Block y = Block.vector(arena, n);
      Maximum.apply(n, a.segment, a.offset, b.segment, b.offset, y.segment, y.offset);
      Block overA = a.copy(arena);
      Maximum.apply(
          n, overA.segment, overA.offset, b.segment, b.offset, overA.segment, overA.offset);
      assertArrayEquals(y.values(), overA.values());
      Maximum.apply(n, a.segment, a.offset, b.segment, b.offset, b.segment, b.offset);
      assertArrayEquals(y.values(), b.values());
    }
  }

  @Test
  void infinitiesAndNanComeThroughAndZeroIsAboveMinusZero() {
    try (Arena arena = Arena.ofConfined()) {
      float infinity = Float.POSITIVE_INFINITY;
      int n = 6;
      int vectors = 4 * Sizes.LANES; // Each case in whole vectors and in the rest.
      Block a = Block.vector(arena, n * vectors + n);
      Block b = Block.vector(arena, n * vectors + n);
      float[] left = {Float.NaN, 1f, -infinity, -0f, 0f, infinity};
      float[] right = {infinity, Float.NaN, -1f, 0f, -0f, 1f};
      float[] larger = {Float.NaN, Float.NaN, -1f, 0f, 0f, infinity};
      float[] expected = new float[n * vectors + n];
      for (int j = 0; j < expected.length; j++) {
        a.set(0, j, left[j % n]);
        b.set(0, j, right[j % n]);
        expected[j] = larger[j % n];
      }
      Maximum.apply(expected.length, a.segment, a.offset, b.segment, b.offset, a.segment, a.offset);
      assertArrayEquals(expected, a.values());
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "Maximum: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Maximum.apply(-1, s, 0, s, 0, s, 0)));
    assertEquals(
        "Maximum: a takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Maximum.apply(10, s, 1, s, 0, s, 0)));
    assertEquals(
        "Maximum: b takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Maximum.apply(10, s, 0, s, 1, s, 0)));
    assertEquals(
        "Maximum: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Maximum.apply(10, s, 0, s, 0, s, 1)));
    assertEquals(
        "Maximum: y is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> Maximum.apply(10, s, 0, s, 0, s.asReadOnly(), 0)));
  }
}
