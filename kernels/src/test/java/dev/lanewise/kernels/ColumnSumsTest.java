package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.ColumnSumsKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColumnSumsTest {

  private static final ColumnSumsKernel SCALAR = new ScalarKernels().columnSums();

  @Test
  void addsTheRowsInAscendingOrderAtEverySize() {
    for (int m : new int[] {0, 1, 2, 3, 17, 103}) {
      for (int n : Sizes.straddlingLanes()) {
        check(m, n);
      }
    }
    check(1021, 1021);
  }

  private static void check(int m, int n) {
    SplittableRandom random = new SplittableRandom(31L * m + n);
    try (Arena arena = Arena.ofConfined()) {
      Block x = Block.matrix(arena, m, n).random(random);
      Block y = Block.vector(arena, n).random(random);
      Block scalar = y.copy(arena);
      float[] expected = y.values();
      for (int j = 0; j < n; j++) {
        double exact = expected[j];
        double magnitude = Math.abs(exact);
        for (int i = 0; i < m; i++) {
          expected[j] += x.get(i, j);
          exact += x.get(i, j);
          magnitude += Math.abs(x.get(i, j));
        }
        Tolerance.assertClose(exact, expected[j], Tolerance.forward(m, magnitude), "column " + j);
      }
      ColumnSums.apply(m, n, x.segment, x.offset, x.ld, y.segment, y.offset);
      assertArrayEquals(expected, y.values(), m + " x " + n);
      SCALAR.apply(m, n, x.segment, x.offset, x.ld, scalar.segment, scalar.offset);
      assertArrayEquals(expected, scalar.values(), m + " x " + n);
      x.assertMarginUntouched();
      y.assertMarginUntouched();
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    assertEquals(
        "ColumnSums: m=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> ColumnSums.apply(-1, 2, s, 0, 2, s, 0)));
    assertEquals(
        "ColumnSums: n=-1, expected 0 or more",
        message(IllegalArgumentException.class, () -> ColumnSums.apply(1, -1, s, 0, 2, s, 0)));
    assertEquals(
        "ColumnSums: ldx=2 < n=3 (x is row-major m x n)",
        message(IllegalArgumentException.class, () -> ColumnSums.apply(1, 3, s, 0, 2, s, 0)));
    assertEquals(
        "ColumnSums: x takes 11 elements from offset 0, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> ColumnSums.apply(3, 3, s, 0, 4, s, 0)));
    assertEquals(
        "ColumnSums: y takes 3 elements from offset 8, but its segment holds 10",
        message(IndexOutOfBoundsException.class, () -> ColumnSums.apply(2, 3, s, 0, 4, s, 8)));
    assertEquals(
        "ColumnSums: y is written, but its segment is read-only",
        message(
            IllegalArgumentException.class,
            () -> ColumnSums.apply(2, 3, s, 0, 4, s.asReadOnly(), 0)));
  }
}
