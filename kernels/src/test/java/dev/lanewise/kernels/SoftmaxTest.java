package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.SoftmaxKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

  private static final SoftmaxKernel SCALAR = new ScalarKernels().softmax();
  private static final int ROWS = 3;

  @Test
  void isTheQuotientOfExponentialsAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.dense(arena, ROWS, n).random(new SplittableRandom(n), 10);
        Block y = Block.dense(arena, ROWS, n).fill(Float.NaN);
        Softmax.apply(ROWS, n, x.segment, x.offset, y.segment, y.offset);
        for (int row = 0; row < ROWS; row++) {
          double largest = Double.NEGATIVE_INFINITY;
          for (int j = 0; j < n; j++) {
            largest = Math.max(largest, x.get(row, j));
          }
          double sum = 0;
          for (int j = 0; j < n; j++) {
            sum += StrictMath.exp(x.get(row, j) - largest);
          }
          for (int j = 0; j < n; j++) {
            double exact = StrictMath.exp(x.get(row, j) - largest) / sum;
            // The difference is 20 at most and rounded to half an ULP of 16; each exponential errs
            // by 1.02 ULP more, the quotient by half an ULP.
            double relative = 2 * (Math.ulp(16f) / 2 + 1.02 * Math.ulp(1f)) + Math.ulp(1f) / 2;
            assertEquals(exact, y.get(row, j), relative * exact, row + ", " + j + " of " + n);
          }
        }
        y.assertMarginUntouched();
      }
    }
  }

  @Test
  void isTheScalarKernelsBitsAtEveryLengthInPlaceToo() {
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.dense(arena, ROWS, n).random(new SplittableRandom(n), 100);
        Block scalar = Block.dense(arena, ROWS, n);
        Block y = Block.dense(arena, ROWS, n);
        SCALAR.apply(ROWS, n, x.segment, x.offset, scalar.segment, scalar.offset);
        Softmax.apply(ROWS, n, x.segment, x.offset, y.segment, y.offset);
        assertArrayEquals(scalar.values(), y.values());
        Softmax.apply(ROWS, n, x.segment, x.offset, x.segment, x.offset);
        assertArrayEquals(scalar.values(), x.values());
        x.assertMarginUntouched();
      }
    }
  }

  @Test
  void largeNumbersDoNotOverflowAndEqualOnesAreEquallyLikely() {
    try (Arena arena = Arena.ofConfined()) {
      Block x = Block.of(arena, 3e38f, 3e38f, -3e38f, Float.NEGATIVE_INFINITY);
      Softmax.apply(1, 4, x.segment, x.offset, x.segment, x.offset);
      assertArrayEquals(new float[] {0.5f, 0.5f, 0f, 0f}, x.values());
    }
  }

  @Test
  void aRowWithNanIsNan() {
    try (Arena arena = Arena.ofConfined()) {
      Block x = Block.of(arena, 1f, Float.NaN, 2f, 3f);
      Softmax.apply(2, 2, x.segment, x.offset, x.segment, x.offset);
      assertArrayEquals(new float[] {Float.NaN, Float.NaN}, new float[] {x.get(0, 0), x.get(0, 1)});
      assertEquals(1f, x.get(0, 2) + x.get(0, 3), Math.ulp(1f));
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "Softmax: rows=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Softmax.apply(-1, 1, s, 0, s, 0)));
    assertEquals(
        "Softmax: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Softmax.apply(1, -1, s, 0, s, 0)));
    assertEquals(
        "Softmax: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Softmax.apply(2, 5, s, 1, s, 0)));
    assertEquals(
        "Softmax: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Softmax.apply(2, 5, s, 0, s, 1)));
    assertEquals(
        "Softmax: y is written, but its segment is read-only",
        message(
            IllegalArgumentException.class, () -> Softmax.apply(2, 5, s, 0, s.asReadOnly(), 0)));
  }
}
