package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.ScaleKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaleTest {

  private static final ScaleKernel SCALAR = new ScalarKernels().scale();

  @Test
  void isTheRoundedProductAtEveryLengthInPlaceToo() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.vector(arena, n).random(random);
        Block y = Block.vector(arena, n).fill(Float.NaN);
        Block scalar = Block.vector(arena, n);
        float alpha = random.nextFloat();
        float[] expected = new float[n];
        for (int j = 0; j < n; j++) {
          expected[j] = (float) ((double) alpha * x.get(0, j));
        }
        Scale.apply(n, alpha, x.segment, x.offset, y.segment, y.offset);
        assertArrayEquals(expected, y.values());
        SCALAR.apply(n, alpha, x.segment, x.offset, scalar.segment, scalar.offset);
        assertArrayEquals(expected, scalar.values());
        y.assertMarginUntouched();
        Scale.apply(n, alpha, x.segment, x.offset, x.segment, x.offset);
        assertArrayEquals(expected, x.values());
        x.assertMarginUntouched();
      }
    }
  }

  @Test
  void infinitiesNanAndTheSignOfZeroComeThrough() {
    try (Arena arena = Arena.ofConfined()) {
      float infinity = Float.POSITIVE_INFINITY;
      Block x = Block.of(arena, infinity, -infinity, Float.NaN, -0f, Float.MIN_VALUE);
      Scale.apply(5, 0.5f, x.segment, x.offset, x.segment, x.offset);
      assertArrayEquals(new float[] {infinity, -infinity, Float.NaN, -0f, 0f}, x.values());
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "Scale: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Scale.apply(-1, 1f, s, 0, s, 0)));
    assertEquals(
        "Scale: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Scale.apply(10, 1f, s, 1, s, 0)));
    assertEquals(
        "Scale: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Scale.apply(10, 1f, s, 0, s, 1)));
    assertEquals(
        "Scale: y is written, but its segment is read-only",
        message(
            IllegalArgumentException.class, () -> Scale.apply(10, 1f, s, 0, s.asReadOnly(), 0)));
  }
}
