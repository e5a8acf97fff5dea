package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.AddSignKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddSignTest {

  private static final AddSignKernel SCALAR = new ScalarKernels().addSign();

  @Test
  void addsTheSignAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.vector(arena, n).random(random);
        Block y = Block.vector(arena, n).random(random);
        float alpha = random.nextFloat();
        float[] expected = y.values();
        for (int j = 0; j < n; j++) {
          if (j % 5 == 0) {
            x.set(0, j, 0f);
          }
          expected[j] += x.get(0, j) == 0 ? 0 : x.get(0, j) > 0 ? alpha : -alpha;
        }
        Block scalar = y.copy(arena);
        AddSign.apply(n, alpha, x.segment, x.offset, y.segment, y.offset);
        assertArrayEquals(expected, y.values());
        SCALAR.apply(n, alpha, x.segment, x.offset, scalar.segment, scalar.offset);
        assertArrayEquals(expected, scalar.values());
        x.assertMarginUntouched();
        y.assertMarginUntouched();
      }
    }
  }

  @Test
  void infinitiesAndZerosHaveTheirSignAndNanComesThrough() {
    try (Arena arena = Arena.ofConfined()) {
      float infinity = Float.POSITIVE_INFINITY;
      Block x = Block.of(arena, 1f, infinity, -infinity, Float.NaN, 0f, -0f, infinity);
      Block y = Block.of(arena, infinity, 3f, 3f, 3f, -0f, -0f, -infinity);
      AddSign.apply(7, 2f, x.segment, x.offset, y.segment, y.offset);
      assertArrayEquals(new float[] {infinity, 5f, 1f, Float.NaN, 0f, -0f, -infinity}, y.values());
    }
  }

  @Test
  void theSmallestNumbersHaveASign() {
    try (Arena arena = Arena.ofConfined()) {
      float least = Float.MIN_VALUE;
      float most = Float.MAX_VALUE;
      Block x = Block.of(arena, least, -least, Float.MIN_NORMAL, most, -most, 0.5f, -0.5f, 2f);
      Block y = Block.vector(arena, 8);
      y.segment.fill((byte) 0);
      AddSign.apply(8, 2f, x.segment, x.offset, y.segment, y.offset);
      assertArrayEquals(new float[] {2, -2, 2, 2, -2, 2, -2, 2}, y.values());
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "AddSign: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> AddSign.apply(-1, 1f, s, 0, s, 0)));
    assertEquals(
        "AddSign: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> AddSign.apply(10, 1f, s, 1, s, 0)));
    assertEquals(
        "AddSign: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> AddSign.apply(10, 1f, s, 0, s, 1)));
    assertEquals(
        "AddSign: y is written, but its segment is read-only",
        message(
            IllegalArgumentException.class, () -> AddSign.apply(10, 1f, s, 0, s.asReadOnly(), 0)));
  }
}
