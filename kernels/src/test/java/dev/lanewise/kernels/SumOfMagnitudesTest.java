package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.SumOfMagnitudesKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SumOfMagnitudesTest {

  private static final SumOfMagnitudesKernel SCALAR = new ScalarKernels().sumOfMagnitudes();

  @Test
  void isSixteenChainsAddedPairwiseAtEveryLength() {
    for (int n = 0; n <= 131; n++) {
      check(n);
    }
    for (int n : Sizes.elementwise()) {
      check(n);
    }
  }

  private static void check(int n) {
    try (Arena arena = Arena.ofConfined()) {
      Block x = Block.vector(arena, n).random(new SplittableRandom(n));
      float[] chains = new float[16];
      double exact = 0;
      for (int j = 0; j < n; j++) {
        chains[j % 16] = chains[j % 16] + Math.abs(x.get(0, j));
        exact += Math.abs((double) x.get(0, j));
      }
      float[] eight = halve(chains);
      float[] four = halve(eight);
      float[] two = halve(four);
      float expected = halve(two)[0];
      Tolerance.assertClose(exact, expected, Tolerance.forward(n, exact), n + " elements");
      assertEquals(expected, SumOfMagnitudes.apply(n, x.segment, x.offset), n + " elements");
      assertEquals(expected, SCALAR.apply(n, x.segment, x.offset), n + " elements");
      x.assertMarginUntouched();
    }
  }

  private static float[] halve(float[] values) {
    float[] half = new float[values.length / 2];
    for (int i = 0; i < half.length; i++) {
      half[i] = values[i] + values[i + half.length];
    }
    return half;
  }

  @Test
  void nanAndInfinityComeThroughAndOverflowIsInfinite() {
    try (Arena arena = Arena.ofConfined()) {
      for (int at : new int[] {0, 7, 15, 16, 18}) {
        Block x = Block.vector(arena, 19);
        x.set(0, at, Float.NaN);
        assertEquals(Float.NaN, SumOfMagnitudes.apply(19, x.segment, x.offset));
        x.set(0, at, Float.NEGATIVE_INFINITY);
        assertEquals(Float.POSITIVE_INFINITY, SumOfMagnitudes.apply(19, x.segment, x.offset));
        x.set(0, at, -Float.MAX_VALUE);
        x.set(0, at < 16 ? at + 1 : 0, Float.MAX_VALUE);
        assertEquals(Float.POSITIVE_INFINITY, SumOfMagnitudes.apply(19, x.segment, x.offset));
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
        "SumOfMagnitudes: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> SumOfMagnitudes.apply(-1, s, 0)));
    assertEquals(
        "SumOfMagnitudes: x takes 10 elements from offset 1, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> SumOfMagnitudes.apply(10, s, 1)));
    assertEquals(
        "SumOfMagnitudes: x is a heap segment; the kernels take off-heap memory. Copy it:"
            + " arena.allocateFrom(JAVA_FLOAT, array)",
        message(
            IllegalArgumentException.class,
            () -> SumOfMagnitudes.apply(1, MemorySegment.ofArray(new float[1]), 0)));
  }
}
