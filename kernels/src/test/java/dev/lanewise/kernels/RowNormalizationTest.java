package dev.lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernels.contract.RowNormalizationKernel;
import dev.lanewise.kernels.scalar.ScalarKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowNormalizationTest {

  private static final RowNormalizationKernel SCALAR = new ScalarKernels().rowNormalization();
  private static final int ROWS = 3;
  private static final float EPSILON = 1e-3f;

  /** All operands of a normalization of rows. */
  private record Run(
      int rows,
      int n,
      Block x,
      Block gamma,
      Block beta,
      Block kept,
      Block y,
      Block dy,
      Block dx,
      Block dgamma,
      Block dbeta) {

    static Run random(Arena arena, int rows, int n, float limit) {
      SplittableRandom random = new SplittableRandom(n);
      return new Run(
          rows,
          n,
          Block.dense(arena, rows, n).random(random, limit),
          Block.vector(arena, n).random(random),
          Block.vector(arena, n).random(random),
          Block.dense(arena, rows, 2).fill(Float.NaN),
          Block.dense(arena, rows, n).fill(Float.NaN),
          Block.dense(arena, rows, n).random(random),
          Block.dense(arena, rows, n).fill(Float.NaN),
          Block.vector(arena, n).random(random),
          Block.vector(arena, n).random(random));
    }

    void forward() {
      RowNormalization.forward(
          rows,
          n,
          EPSILON,
          x.segment,
          x.offset,
          gamma.segment,
          gamma.offset,
          beta.segment,
          beta.offset,
          kept.segment,
          kept.offset,
          y.segment,
          y.offset);
    }

    void backward(Block over) {
      RowNormalization.backward(
          rows,
          n,
          x.segment,
          x.offset,
          gamma.segment,
          gamma.offset,
          kept.segment,
          kept.offset,
          dy.segment,
          dy.offset,
          over.segment,
          over.offset);
    }

    void weights(int firstRow, int count, int column, int columns) {
      long at = (long) firstRow * n + column;
      RowNormalization.weights(
          count,
          columns,
          n,
          x.segment,
          x.offset + at,
          kept.segment,
          kept.offset + 2L * firstRow,
          dy.segment,
          dy.offset + at,
          dgamma.segment,
          dgamma.offset + column,
          dbeta.segment,
          dbeta.offset + column);
    }

    Block[] all() {
      return new Block[] {x, gamma, beta, kept, y, dy, dx, dgamma, dbeta};
    }
  }

  /** One row in double. */
  private static final class Reference {
    final double mean;
    final double inverse;
    final double[] z;

    Reference(Block x, int row, int n) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += x.get(row, j);
      }
      mean = sum / n;
      double squares = 0;
      for (int j = 0; j < n; j++) {
        squares += (x.get(row, j) - mean) * (x.get(row, j) - mean);
      }
      inverse = 1 / Math.sqrt(squares / n + EPSILON);
      z = new double[n];
      for (int j = 0; j < n; j++) {
        z[j] = (x.get(row, j) - mean) * inverse;
      }
    }
  }

  @Test
  void isTheNormalizationInDoubleAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Run run = Run.random(arena, ROWS, n, 10);
        run.forward();
        for (int row = 0; row < ROWS && n > 0; row++) {
          Reference exact = new Reference(run.x, row, n);
          assertEquals(exact.mean, run.kept.get(row, 0), Tolerance.forward(n, 10));
          assertEquals(exact.inverse, run.kept.get(row, 1), Tolerance.forward(n, exact.inverse));
          // The mean errs by so much of the largest x, and z by that times the inverse.
          double tolerance = Tolerance.forward(n, 10) * exact.inverse + Tolerance.forward(n, 4);
          for (int j = 0; j < n; j++) {
            double y = exact.z[j] * run.gamma.get(0, j) + run.beta.get(0, j);
            assertEquals(y, run.y.get(row, j), tolerance, row + ", " + j + " of " + n);
          }
        }
        for (Block block : run.all()) {
          block.assertMarginUntouched();
        }
      }
    }
  }

  @Test
  void theGradientOfTheInputIsThatInDoubleAtEveryLength() {
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Run run = Run.random(arena, ROWS, n, 1);
        run.forward();
        run.backward(run.dx);
        for (int row = 0; row < ROWS; row++) {
          Reference exact = new Reference(run.x, row, n);
          double level = 0;
          double slope = 0;
          for (int j = 0; j < n; j++) {
            double q = (double) run.dy.get(row, j) * run.gamma.get(0, j);
            level += q / n;
            slope += q * exact.z[j] / n;
          }
          for (int j = 0; j < n; j++) {
            double q = (double) run.dy.get(row, j) * run.gamma.get(0, j);
            double dx = exact.inverse * (q - level - exact.z[j] * slope);
            // Gradients are below 1 and z below 4.
            double tolerance = 2 * Tolerance.forward(n, 16) * exact.inverse;
            assertEquals(dx, run.dx.get(row, j), tolerance, row + ", " + j + " of " + n);
          }
        }
        for (Block block : run.all()) {
          block.assertMarginUntouched();
        }
      }
    }
  }

  /** A layer normalization takes no notice of a shift of its input. */
  @Test
  void theGradientOfTheInputAddsUpToZero() {
    try (Arena arena = Arena.ofConfined()) {
      int n = 103;
      Run run = Run.random(arena, ROWS, n, 1);
      run.forward();
      run.backward(run.dx);
      for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += run.dx.get(row, j);
        }
        assertEquals(0, sum, Tolerance.forward(n, n));
      }
    }
  }

  @Test
  void theGradientsOfTheWeightsAreOneChainDownTheRows() {
    for (int rows : new int[] {0, 1, 2, 17}) {
      for (int n : Sizes.straddlingLanes()) {
        try (Arena arena = Arena.ofConfined()) {
          Run run = Run.random(arena, rows, n, 1);
          run.forward();
          float[] scales = run.dgamma.values();
          float[] shifts = run.dbeta.values();
          double[] exact = run.dgamma.doubles();
          for (int row = 0; row < rows; row++) {
            Reference reference = new Reference(run.x, row, n);
            for (int j = 0; j < n; j++) {
              float z = (run.x.get(row, j) - run.kept.get(row, 0)) * run.kept.get(row, 1);
              scales[j] = Math.fma(run.dy.get(row, j), z, scales[j]);
              shifts[j] += run.dy.get(row, j);
              exact[j] += run.dy.get(row, j) * reference.z[j];
            }
          }
          run.weights(0, rows, 0, n);
          assertArrayEquals(scales, run.dgamma.values());
          assertArrayEquals(shifts, run.dbeta.values());
          for (int j = 0; j < n; j++) {
            assertEquals(exact[j], scales[j], Tolerance.forward(rows + n, 4.0 * rows + 1));
          }
          for (Block block : run.all()) {
            block.assertMarginUntouched();
          }
        }
      }
    }
  }

  @Test
  void sharesOfColumnsAndPartsOfRowsGiveTheSameBits() {
    int n = 4 * Sizes.LANES + 7;
    int rows = 17;
    try (Arena arena = Arena.ofConfined()) {
      Run whole = Run.random(arena, rows, n, 1);
      Run parts = Run.random(arena, rows, n, 1);
      whole.forward();
      parts.forward();
      whole.weights(0, rows, 0, n);
      parts.weights(0, 5, 0, 9);
      parts.weights(5, rows - 5, 0, 9);
      parts.weights(0, rows, 9, n - 9);
      assertArrayEquals(whole.dgamma.values(), parts.dgamma.values());
      assertArrayEquals(whole.dbeta.values(), parts.dbeta.values());
    }
  }

  @Test
  void isTheScalarKernelsBitsAtEveryLengthInPlaceToo() {
    for (int n : Sizes.elementwise()) {
      try (Arena arena = Arena.ofConfined()) {
        Run run = Run.random(arena, ROWS, n, 100);
        Run scalar = Run.random(arena, ROWS, n, 100);
        run.forward();
        SCALAR.forward(
            ROWS,
            n,
            EPSILON,
            scalar.x.segment,
            scalar.x.offset,
            scalar.gamma.segment,
            scalar.gamma.offset,
            scalar.beta.segment,
            scalar.beta.offset,
            scalar.kept.segment,
            scalar.kept.offset,
            scalar.y.segment,
            scalar.y.offset);
        assertArrayEquals(scalar.kept.values(), run.kept.values());
        assertArrayEquals(scalar.y.values(), run.y.values());
        run.backward(run.dx);
        SCALAR.backward(
            ROWS,
            n,
            scalar.x.segment,
            scalar.x.offset,
            scalar.gamma.segment,
            scalar.gamma.offset,
            scalar.kept.segment,
            scalar.kept.offset,
            scalar.dy.segment,
            scalar.dy.offset,
            scalar.dx.segment,
            scalar.dx.offset);
        assertArrayEquals(scalar.dx.values(), run.dx.values());
        run.weights(0, ROWS, 0, n);
        SCALAR.weights(
            ROWS,
            n,
            n,
            scalar.x.segment,
            scalar.x.offset,
            scalar.kept.segment,
            scalar.kept.offset,
            scalar.dy.segment,
            scalar.dy.offset,
            scalar.dgamma.segment,
            scalar.dgamma.offset,
            scalar.dbeta.segment,
            scalar.dbeta.offset);
        assertArrayEquals(scalar.dgamma.values(), run.dgamma.values());
        assertArrayEquals(scalar.dbeta.values(), run.dbeta.values());
        run.backward(run.dy);
        assertArrayEquals(scalar.dx.values(), run.dy.values());
        RowNormalization.forward(
            ROWS,
            n,
            EPSILON,
            run.x.segment,
            run.x.offset,
            run.gamma.segment,
            run.gamma.offset,
            run.beta.segment,
            run.beta.offset,
            run.kept.segment,
            run.kept.offset,
            run.x.segment,
            run.x.offset);
        assertArrayEquals(scalar.y.values(), run.x.values());
      }
    }
  }

  @Test
  void aRowWithNanOrInfinityIsNanAndItsNeighboursAreNot() {
    int n = Sizes.LANES + 3;
    try (Arena arena = Arena.ofConfined()) {
      Run run = Run.random(arena, 3, n, 1);
      run.x.set(0, n - 1, Float.NaN);
      run.x.set(2, 0, Float.POSITIVE_INFINITY);
      run.forward();
      for (int j = 0; j < n; j++) {
        assertEquals(Float.NaN, run.y.get(0, j));
        assertEquals(Float.NaN, run.y.get(2, j));
        assertEquals(true, Math.abs(run.y.get(1, j)) < 10, "y " + run.y.get(1, j));
      }
    }
  }

  private static String message(Class<? extends Exception> type, Runnable call) {
    return assertThrows(type, call::run).getMessage();
  }

  private static void forward(
      long rows, int n, MemorySegment x, MemorySegment weights, MemorySegment kept, long keptAt) {
    RowNormalization.forward(rows, n, EPSILON, x, 0, weights, 0, weights, 0, kept, keptAt, x, 0);
  }

  @Test
  void rejectsWhatItMustNotTouch() {
    MemorySegment s = Arena.ofAuto().allocate(40, 4);
    MemorySegment w = Arena.ofAuto().allocate(20, 4);
    MemorySegment k = Arena.ofAuto().allocate(16, 4);
    Class<IllegalArgumentException> illegal = IllegalArgumentException.class;
    Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
    String name = "RowNormalization: ";
    assertEquals(
        name + "rows=-1, expected 0 or more", message(illegal, () -> forward(-1, 5, s, w, k, 0)));
    assertEquals(
        name + "n=-1, expected 0 or more", message(illegal, () -> forward(2, -1, s, w, k, 0)));
    assertEquals(
        name + "x takes 15 elements from offset 0, but its segment holds 10",
        message(outside, () -> forward(3, 5, s, w, k, 0)));
    assertEquals(
        name + "gamma takes 5 elements from offset 0, but its segment holds 4",
        message(outside, () -> forward(2, 5, s, k, k, 0)));
    assertEquals(
        name + "statistics takes 4 elements from offset 1, but its segment holds 4",
        message(outside, () -> forward(2, 5, s, w, k, 1)));
    assertEquals(
        name + "statistics is written, but its segment is read-only",
        message(illegal, () -> forward(2, 5, s, w, k.asReadOnly(), 0)));
    assertEquals(
        name + "dx is written, but its segment is read-only",
        message(
            illegal,
            () -> RowNormalization.backward(2, 5, s, 0, w, 0, k, 0, s, 0, s.asReadOnly(), 0)));
    assertEquals(
        name + "ld=4 < n=5 (x and dy are row-major rows x n)",
        message(illegal, () -> RowNormalization.weights(2, 5, 4, s, 0, k, 0, s, 0, w, 0, w, 0)));
    assertEquals(
        name + "dbeta takes 5 elements from offset 1, but its segment holds 5",
        message(outside, () -> RowNormalization.weights(2, 5, 5, s, 0, k, 0, s, 0, w, 0, w, 1)));
  }
}
