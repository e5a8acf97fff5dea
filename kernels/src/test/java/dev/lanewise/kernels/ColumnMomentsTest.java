package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.ColumnMomentsKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColumnMomentsTest {

  private static final ColumnMomentsKernel SCALAR = new ScalarKernels().columnMoments();

  @Test
  void areThoseInDoubleAtEverySize() {
    for (int m : new int[] {1, 2, 3, 17, 103}) {
      for (int n : Sizes.straddlingLanes()) {
        check(m, n, 0f);
      }
    }
    check(1021, 1021, 0f);
    check(1021, 103, 1e4f);
  }

  private static void check(int m, int n, float shift) {
    try (Arena arena = Arena.ofConfined()) {
      Block x = Block.matrix(arena, m, n).random(new SplittableRandom(31L * m + n));
      Block workspace = Block.vector(arena, 4 * n);
      Block scalar = Block.vector(arena, 4 * n);
      Block mean = Block.vector(arena, n).fill(Float.NaN);
      Block variance = Block.vector(arena, n).fill(Float.NaN);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          x.set(i, j, x.get(i, j) + shift);
        }
      }
      run(x, m, n, workspace, mean, variance);
      SCALAR.addSums(m, n, x.segment, x.offset, x.ld, scalar.segment, scalar.offset);
      SCALAR.addSquares(m, n, m, x.segment, x.offset, x.ld, scalar.segment, scalar.offset);
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int i = 0; i < m; i++) {
          sum += x.get(i, j);
        }
        double squares = 0;
        for (int i = 0; i < m; i++) {
          squares = Math.fma(x.get(i, j) - sum / m, x.get(i, j) - sum / m, squares);
        }
        long at = workspace.offset * Float.BYTES;
        assertEquals(sum, workspace.segment.get(JAVA_DOUBLE_UNALIGNED, at + 8L * j));
        assertEquals(squares, workspace.segment.get(JAVA_DOUBLE_UNALIGNED, at + 8L * (n + j)));
        assertEquals((float) (sum / m), mean.get(0, j), m + " x " + n);
        assertEquals((float) (squares / m), variance.get(0, j), m + " x " + n);
      }
      assertArrayEquals(scalar.values(), workspace.values());
      for (Block block : new Block[] {x, workspace, mean, variance}) {
        block.assertMarginUntouched();
      }
    }
  }

  private static void run(Block x, int m, int n, Block workspace, Block mean, Block variance) {
    ColumnMoments.addSums(m, n, x.segment, x.offset, x.ld, workspace.segment, workspace.offset);
    ColumnMoments.addSquares(
        m, n, m, x.segment, x.offset, x.ld, workspace.segment, workspace.offset);
    ColumnMoments.moments(
        n,
        m,
        workspace.segment,
        workspace.offset,
        mean.segment,
        mean.offset,
        variance.segment,
        variance.offset);
  }

  /** 1e6 and some: the sum of squares less the square of the sum would lose all of it in float. */
  @Test
  void theVarianceOfSmallDifferencesOfLargeNumbersIsExactToHalfAnUlp() {
    int m = 1021;
    int n = Sizes.LANES + 1;
    try (Arena arena = Arena.ofConfined()) {
      SplittableRandom random = new SplittableRandom(1);
      Block x = Block.matrix(arena, m, n);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          x.set(i, j, 1e6f + random.nextFloat());
        }
      }
      Block mean = Block.vector(arena, n);
      Block variance = Block.vector(arena, n);
      run(x, m, n, Block.vector(arena, 4 * n), mean, variance);
      for (int j = 0; j < n; j++) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (int i = 0; i < m; i++) {
          BigDecimal value = new BigDecimal(x.get(i, j));
          sum = sum.add(value);
          squares = squares.add(value.multiply(value));
        }
        BigDecimal rows = BigDecimal.valueOf(m);
        BigDecimal exact =
            squares
                .subtract(sum.multiply(sum).divide(rows, MathContext.DECIMAL128))
                .divide(rows, MathContext.DECIMAL128);
        assertEquals(0, Tolerance.ulps(exact.doubleValue(), variance.get(0, j)), 0.501);
        double average = sum.divide(rows, MathContext.DECIMAL128).doubleValue();
        assertEquals(0, Tolerance.ulps(average, mean.get(0, j)), 0.501);
      }
    }
  }

  @Test
  void partsOfRowsAndSharesOfColumnsGiveTheSameBits() {
    int m = 37;
    int n = 4 * Sizes.LANES + 7;
    int first = 11;
    try (Arena arena = Arena.ofConfined()) {
      Block x = Block.matrix(arena, m, n).random(new SplittableRandom(1));
      Block mean = Block.vector(arena, n);
      Block variance = Block.vector(arena, n);
      run(x, m, n, Block.vector(arena, 4 * n), mean, variance);
      Block shareMean = Block.vector(arena, n);
      Block shareVariance = Block.vector(arena, n);
      for (int[] share : new int[][] {{0, 9}, {9, n}}) {
        int columns = share[1] - share[0];
        MemorySegment space = Block.vector(arena, 4 * columns).segment;
        long at = x.offset + share[0];
        long rest = at + first * x.ld;
        ColumnMoments.addSums(first, columns, x.segment, at, x.ld, space, 7);
        ColumnMoments.addSums(m - first, columns, x.segment, rest, x.ld, space, 7);
        ColumnMoments.addSquares(first, columns, m, x.segment, at, x.ld, space, 7);
        ColumnMoments.addSquares(m - first, columns, m, x.segment, rest, x.ld, space, 7);
        ColumnMoments.moments(
            columns,
            m,
            space,
            7,
            shareMean.segment,
            shareMean.offset + share[0],
            shareVariance.segment,
            shareVariance.offset + share[0]);
      }
      assertArrayEquals(mean.values(), shareMean.values());
      assertArrayEquals(variance.values(), shareVariance.values());
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    MemorySegment w = Arena.ofAuto().allocate(40, 4);
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    String name = "ColumnMoments: ";
    assertEquals(
        name + "m=-1, expected 0 or more",
        message(illegal, () -> ColumnMoments.addSums(-1, 2, s, 0, 2, w, 0)));
    assertEquals(
        name + "n=-1, expected 0 or more",
        message(illegal, () -> ColumnMoments.addSquares(1, -1, 1, s, 0, 2, w, 0)));
    assertEquals(
        name + "ldx=2 < n=3 (x is row-major m x n)",
        message(illegal, () -> ColumnMoments.addSums(1, 3, s, 0, 2, w, 0)));
    assertEquals(
        name + "x takes 11 elements from offset 0, but its segment holds 10",
        message(outside, () -> ColumnMoments.addSums(6, 1, s, 0, 2, w, 0)));
    assertEquals(
        name + "workspace takes 12 elements from offset 0, but its segment holds 10",
        message(outside, () -> ColumnMoments.addSums(1, 3, s, 0, 3, w, 0)));
    assertEquals(
        name + "workspace is written, but its segment is read-only",
        message(illegal, () -> ColumnMoments.addSums(2, 2, s, 0, 2, w.asReadOnly(), 0)));
    String count = name + "count=0, expected the rows of all calls together, 1 or more";
    assertEquals(count, message(illegal, () -> ColumnMoments.addSquares(2, 2, 0, s, 0, 2, w, 0)));
    assertEquals(count, message(illegal, () -> ColumnMoments.moments(2, 0, w, 0, s, 0, s, 2)));
    assertEquals(
        name + "variance takes 2 elements from offset 9, but its segment holds 10",
        message(outside, () -> ColumnMoments.moments(2, 1, w, 0, s, 0, s, 9)));
  }
}
