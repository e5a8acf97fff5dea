package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.MultiplyKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MultiplyTest {

  private static final MultiplyKernel SCALAR = new ScalarKernels().multiply();

  @Test
  void isTheRoundedProductAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block a = Block.vector(arena, n).random(random);
        Block b = Block.vector(arena, n).random(random);
        Block y = Block.vector(arena, n).fill(Float.NaN);
        Block scalar = Block.vector(arena, n);
        float[] expected = new float[n];
        for (int j = 0; j < n; j++) {
          expected[j] = (float) ((double) a.get(0, j) * b.get(0, j));
        }
        Multiply.apply(n, a.segment, a.offset, b.segment, b.offset, y.segment, y.offset);
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
  void mayWriteOverEitherFactor() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 4 * Sizes.LANES + 3;
      SplittableRandom random = new SplittableRandom(1);
      Block a = Block.vector(arena, n).random(random);
      Block b = Block.vector(arena, n).random(random);
      Block y = Block.vector(arena, n);
      Multiply.apply(n, a.segment, a.offset, b.segment, b.offset, y.segment, y.offset);
      Block overA = a.copy(arena);
      Multiply.apply(
          n, overA.segment, overA.offset, b.segment, b.offset, overA.segment, overA.offset);
      assertArrayEquals(y.values(), overA.values());
      Multiply.apply(n, a.segment, a.offset, b.segment, b.offset, b.segment, b.offset);
      assertArrayEquals(y.values(), b.values());
    }
  }

  @Test
  void infinitiesAndNanComeThrough() {
    try (Arena arena = Arena.ofConfined()) {
      float infinity = Float.POSITIVE_INFINITY;
      Block a = Block.of(arena, infinity, infinity, Float.NaN, -0f, Float.MIN_VALUE);
      Block b = Block.of(arena, 0f, -1f, 1f, 1f, 0.25f);
      Multiply.apply(5, a.segment, a.offset, b.segment, b.offset, a.segment, a.offset);
      assertArrayEquals(new float[] {Float.NaN, -infinity, Float.NaN, -0f, 0f}, a.values());
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "Multiply: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Multiply.apply(-1, s, 0, s, 0, s, 0)));
    assertEquals(
        "Multiply: a takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Multiply.apply(10, s, 1, s, 0, s, 0)));
    assertEquals(
        "Multiply: b takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Multiply.apply(10, s, 0, s, 1, s, 0)));
    assertEquals(
        "Multiply: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Multiply.apply(10, s, 0, s, 0, s, 1)));
    assertEquals(
        "Multiply: y is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> Multiply.apply(10, s, 0, s, 0, s.asReadOnly(), 0)));
  }
}
