package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.AddScaledKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddScaledTest {

  private static final AddScaledKernel SCALAR = new ScalarKernels().addScaled();

  @Test
  void isOneFusedMultiplyAddAnElementAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.vector(arena, n).random(random);
        Block y = Block.vector(arena, n).random(random);
        float alpha = random.nextFloat();
        float[] expected = y.values();
        for (int j = 0; j < n; j++) {
          double exact = (double) alpha * x.get(0, j) + expected[j];
          expected[j] = Math.fma(alpha, x.get(0, j), expected[j]);
          assertEquals(exact, expected[j], 0.5 * Math.ulp(expected[j]));
        }
        Block scalar = y.copy(arena);
        AddScaled.apply(n, alpha, x.segment, x.offset, y.segment, y.offset);
        assertArrayEquals(expected, y.values());
        SCALAR.apply(n, alpha, x.segment, x.offset, scalar.segment, scalar.offset);
        assertArrayEquals(expected, scalar.values());
        x.assertMarginUntouched();
        y.assertMarginUntouched();
      }
    }
  }

  @Test
  void infinitiesAndNanComeThrough() {
    try (Arena arena = Arena.ofConfined()) {
      float infinity = Float.POSITIVE_INFINITY;
      Block x = Block.of(arena, 1f, infinity, -infinity, Float.NaN, 0f, -0f);
      Block y = Block.of(arena, infinity, -infinity, 1f, 1f, -0f, -0f);
      AddScaled.apply(6, 2f, x.segment, x.offset, y.segment, y.offset);
      assertArrayEquals(
          new float[] {infinity, Float.NaN, -infinity, Float.NaN, 0f, -0f}, y.values());
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "AddScaled: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> AddScaled.apply(-1, 1f, s, 0, s, 0)));
    assertEquals(
        "AddScaled: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> AddScaled.apply(10, 1f, s, 1, s, 0)));
    assertEquals(
        "AddScaled: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> AddScaled.apply(10, 1f, s, 0, s, 1)));
    assertEquals(
        "AddScaled: y is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> AddScaled.apply(10, 1f, s, 0, s.asReadOnly(), 0)));
  }
}
