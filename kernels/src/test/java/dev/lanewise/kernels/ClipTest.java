package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.ClipKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClipTest {

  private static final ClipKernel SCALAR = new ScalarKernels().clip();

  @Test
  void holdsEachElementAtEveryLengthInPlaceToo() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block x = Block.vector(arena, n).random(random);
        Block y = Block.vector(arena, n).fill(Float.NaN);
        Block scalar = Block.vector(arena, n);
        float limit = random.nextFloat();
        float[] expected = new float[n];
        for (int j = 0; j < n; j++) {
          expected[j] = Math.copySign(Math.min(Math.abs(x.get(0, j)), limit), x.get(0, j));
        }
        Clip.apply(n, limit, x.segment, x.offset, y.segment, y.offset);
        assertArrayEquals(expected, y.values());
        SCALAR.apply(n, limit, x.segment, x.offset, scalar.segment, scalar.offset);
        assertArrayEquals(expected, scalar.values());
        y.assertMarginUntouched();
        Clip.apply(n, limit, x.segment, x.offset, x.segment, x.offset);
        assertArrayEquals(expected, x.values());
        x.assertMarginUntouched();
      }
    }
  }

  @Test
  void infinitiesAreHeldAndNanAndTheSignOfZeroComeThrough() {
    try (Arena arena = Arena.ofConfined()) {
      float infinity = Float.POSITIVE_INFINITY;
      float[] given = {infinity, -infinity, Float.NaN, -0f, 0f, Float.MIN_VALUE, -0.75f};
      float[] held = {0.5f, -0.5f, Float.NaN, -0f, 0f, Float.MIN_VALUE, -0.5f};
      int n = 4 * Sizes.LANES + 7;
      Block x = Block.vector(arena, n);
      float[] expected = new float[n];
      for (int j = 0; j < n; j++) {
        x.set(0, j, given[j % 7]);
        expected[j] = held[j % 7];
      }
      Clip.apply(n, 0.5f, x.segment, x.offset, x.segment, x.offset);
      assertArrayEquals(expected, x.values());
      Clip.apply(n, infinity, x.segment, x.offset, x.segment, x.offset);
      assertArrayEquals(expected, x.values());
    }
  }

  @Test
  void theGradientPassesWhereNothingWasHeldAtEveryLengthInPlaceToo() {
    for (int n : Sizes.elementwise()) {
      SplittableRandom random = new SplittableRandom(n);
      try (Arena arena = Arena.ofConfined()) {
        Block y = Block.vector(arena, n).random(random);
        Block dy = Block.vector(arena, n).random(random);
        Block dx = Block.vector(arena, n).fill(Float.NaN);
        Block scalar = Block.vector(arena, n);
        float limit = random.nextFloat();
        Clip.apply(n, limit, y.segment, y.offset, y.segment, y.offset);
        float[] expected = new float[n];
        for (int j = 0; j < n; j++) {
          boolean held = y.get(0, j) == limit || y.get(0, j) == -limit;
          expected[j] = held ? 0 : dy.get(0, j);
        }
        Clip.gradient(n, limit, y.segment, y.offset, dy.segment, dy.offset, dx.segment, dx.offset);
        assertArrayEquals(expected, dx.values());
        dx.assertMarginUntouched();
        SCALAR.gradient(
            n, limit, y.segment, y.offset, dy.segment, dy.offset, scalar.segment, scalar.offset);
        assertArrayEquals(expected, scalar.values());
        Clip.gradient(n, limit, y.segment, y.offset, dy.segment, dy.offset, dy.segment, dy.offset);
        assertArrayEquals(expected, dy.values());
        dy.assertMarginUntouched();
      }
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "Clip: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> Clip.apply(-1, 1f, s, 0, s, 0)));
    assertEquals(
        "Clip: limit=-1.0, expected 0 or more",
        message(IllegalArgumentException.class, () -> Clip.apply(10, -1f, s, 0, s, 0)));
    assertEquals(
        "Clip: limit=NaN, expected 0 or more",
        message(IllegalArgumentException.class, () -> Clip.apply(10, Float.NaN, s, 0, s, 0)));
    assertEquals(
        "Clip: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Clip.apply(10, 1f, s, 1, s, 0)));
    assertEquals(
        "Clip: y takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Clip.apply(10, 1f, s, 0, s, 1)));
    assertEquals(
        "Clip: y is written, but its segment is read-only",
        message(IllegalArgumentException.class, () -> Clip.apply(10, 1f, s, 0, s.asReadOnly(), 0)));
    assertEquals(
        "Clip: limit=-1.0, expected 0 or more",
        message(IllegalArgumentException.class, () -> Clip.gradient(10, -1f, s, 0, s, 0, s, 0)));
    assertEquals(
        "Clip: dy takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> Clip.gradient(10, 1f, s, 0, s, 1, s, 0)));
    assertEquals(
        "Clip: dx is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> Clip.gradient(10, 1f, s, 0, s, 0, s.asReadOnly(), 0)));
  }
}
