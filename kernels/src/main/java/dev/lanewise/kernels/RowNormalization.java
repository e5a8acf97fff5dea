package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.RowNormalizationKernel;
import java.lang.foreign.MemorySegment;

/**
 * Normalization of rows, as in a layer normalization (Ba, Kiros and Hinton, 2016, equation 3):
 *
 * <pre>
 * mean = sum of x / n
 * inverse = 1 / sqrt(sum of (x - mean)^2 / n + epsilon)
 * z = (x - mean) * inverse
 * y = z * gamma + beta
 * </pre>
 *
 * <p>A row gives the same bits alone and among others. Lengths and offsets in elements; thread-safe
 * on disjoint outputs; allocates nothing.
 */
public final class RowNormalization {

  private static final String NAME = "RowNormalization";
  private static final RowNormalizationKernel KERNEL = Kernels.SELECTED.rowNormalization();

  private RowNormalization() {}

  /**
   * Normalizes rows.
   *
   * @param rows how many
   * @param n elements of a row
   * @param epsilon added to the variance: 1e-3 is Keras's, 1e-5 PyTorch's
   * @param x (rows, n), dense. Not modified unless it is {@code y}.
   * @param xOffset its first element
   * @param gamma (n). Not modified.
   * @param gammaOffset its first element
   * @param beta (n). Not modified.
   * @param betaOffset its first element
   * @param statistics (rows, 2), dense, mean and inverse of each row. Overwritten, for the
   *     gradients.
   * @param statisticsOffset its first element
   * @param y (rows, n), dense. Overwritten; may be {@code x} itself, but must not overlap it
   *     otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, a segment is on the heap, or operands
   *     overlap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void forward(
      long rows,
      int n,
      float epsilon,
      MemorySegment x,
      long xOffset,
      MemorySegment gamma,
      long gammaOffset,
      MemorySegment beta,
      long betaOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment y,
      long yOffset) {
    Operands.size(NAME, "rows", rows);
    Operands.size(NAME, "n", n);
    long extent = Operands.extent(rows, n, n);
    long pairs = Operands.extent(rows, 2, 2);
    long xAt = Operands.input(NAME, "x", x, xOffset, extent);
    long gammaAt = Operands.input(NAME, "gamma", gamma, gammaOffset, n);
    long betaAt = Operands.input(NAME, "beta", beta, betaOffset, n);
    long keptAt = Operands.output(NAME, "statistics", statistics, statisticsOffset, pairs);
    long yAt = Operands.output(NAME, "y", y, yOffset, extent);
    Operands.sameOrDisjoint(NAME, "x", xAt, "y", yAt, extent);
    Operands.disjoint(NAME, "gamma", gammaAt, n, "y", yAt, extent);
    Operands.disjoint(NAME, "beta", betaAt, n, "y", yAt, extent);
    Operands.disjoint(NAME, "x", xAt, extent, "statistics", keptAt, pairs);
    Operands.disjoint(NAME, "gamma", gammaAt, n, "statistics", keptAt, pairs);
    Operands.disjoint(NAME, "beta", betaAt, n, "statistics", keptAt, pairs);
    Operands.disjoint(NAME, "statistics", keptAt, pairs, "y", yAt, extent);
    if (Held.isNeeded(x, gamma, beta) || Held.isNeeded(statistics, y)) {
      Held.run(
          () ->
              KERNEL.forward(
                  rows,
                  n,
                  epsilon,
                  x,
                  xOffset,
                  gamma,
                  gammaOffset,
                  beta,
                  betaOffset,
                  statistics,
                  statisticsOffset,
                  y,
                  yOffset),
          x,
          gamma,
          beta,
          statistics,
          y);
    } else {
      KERNEL.forward(
          rows,
          n,
          epsilon,
          x,
          xOffset,
          gamma,
          gammaOffset,
          beta,
          betaOffset,
          statistics,
          statisticsOffset,
          y,
          yOffset);
      Held.untilHere(x, gamma, beta);
      Held.untilHere(statistics, y);
    }
  }

  /**
   * The gradient of the input: {@code dx = inverse * (q - mean(q) - z * mean(q * z))}, with {@code
   * q = dy * gamma} and the means over the row.
   *
   * @param rows how many
   * @param n elements of a row
   * @param x (rows, n), dense, what was normalized. Not modified unless it is {@code dx}.
   * @param xOffset its first element
   * @param gamma (n). Not modified.
   * @param gammaOffset its first element
   * @param statistics (rows, 2), dense, as {@link #forward} wrote it. Not modified.
   * @param statisticsOffset its first element
   * @param dy (rows, n), dense, the gradient of y. Not modified unless it is {@code dx}.
   * @param dyOffset its first element
   * @param dx (rows, n), dense. Overwritten; may be {@code x} or {@code dy} itself, but must not
   *     overlap them otherwise.
   * @param dxOffset its first element
   * @throws IllegalArgumentException if a size is negative, a segment is on the heap, or operands
   *     overlap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void backward(
      long rows,
      int n,
      MemorySegment x,
      long xOffset,
      MemorySegment gamma,
      long gammaOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    Operands.size(NAME, "rows", rows);
    Operands.size(NAME, "n", n);
    long extent = Operands.extent(rows, n, n);
    long pairs = Operands.extent(rows, 2, 2);
    long xAt = Operands.input(NAME, "x", x, xOffset, extent);
    long gammaAt = Operands.input(NAME, "gamma", gamma, gammaOffset, n);
    long keptAt = Operands.input(NAME, "statistics", statistics, statisticsOffset, pairs);
    long dyAt = Operands.input(NAME, "dy", dy, dyOffset, extent);
    long dxAt = Operands.output(NAME, "dx", dx, dxOffset, extent);
    Operands.sameOrDisjoint(NAME, "x", xAt, "dx", dxAt, extent);
    Operands.sameOrDisjoint(NAME, "dy", dyAt, "dx", dxAt, extent);
    Operands.disjoint(NAME, "gamma", gammaAt, n, "dx", dxAt, extent);
    Operands.disjoint(NAME, "statistics", keptAt, pairs, "dx", dxAt, extent);
    if (Held.isNeeded(x, gamma, statistics) || Held.isNeeded(dy, dx)) {
      Held.run(
          () ->
              KERNEL.backward(
                  rows,
                  n,
                  x,
                  xOffset,
                  gamma,
                  gammaOffset,
                  statistics,
                  statisticsOffset,
                  dy,
                  dyOffset,
                  dx,
                  dxOffset),
          x,
          gamma,
          statistics,
          dy,
          dx);
    } else {
      KERNEL.backward(
          rows,
          n,
          x,
          xOffset,
          gamma,
          gammaOffset,
          statistics,
          statisticsOffset,
          dy,
          dyOffset,
          dx,
          dxOffset);
      Held.untilHere(x, gamma, statistics);
      Held.untilHere(dy, dx);
    }
  }

  /**
   * The gradients of gamma and beta, row by row: {@code dgamma += dy * z; dbeta += dy}. Threads may
   * share the columns, or calls the rows in ascending order, and the bits stay the same.
   *
   * @param rows how many
   * @param n columns: all, or some of them
   * @param ld distance between the rows of x, and of dy
   * @param x (rows, n), what was normalized. Not modified.
   * @param xOffset its first element
   * @param statistics (rows, 2), dense, as {@link #forward} wrote it. Not modified.
   * @param statisticsOffset its first element
   * @param dy (rows, n), the gradient of y. Not modified.
   * @param dyOffset its first element
   * @param dgamma (n). Accumulated into.
   * @param dgammaOffset its first element
   * @param dbeta (n). Accumulated into.
   * @param dbetaOffset its first element
   * @throws IllegalArgumentException if a size is negative, rows overlap, a segment is on the heap,
   *     or operands overlap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void weights(
      long rows,
      int n,
      long ld,
      MemorySegment x,
      long xOffset,
      MemorySegment statistics,
      long statisticsOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dgamma,
      long dgammaOffset,
      MemorySegment dbeta,
      long dbetaOffset) {
    Operands.size(NAME, "rows", rows);
    Operands.size(NAME, "n", n);
    if (ld < n) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(NAME, "ld", ld, "n", n, "x and dy are row-major rows x n"));
    }
    long extent = Operands.extent(rows, n, ld);
    long pairs = Operands.extent(rows, 2, 2);
    long xAt = Operands.input(NAME, "x", x, xOffset, extent);
    long keptAt = Operands.input(NAME, "statistics", statistics, statisticsOffset, pairs);
    long dyAt = Operands.input(NAME, "dy", dy, dyOffset, extent);
    long dgammaAt = Operands.output(NAME, "dgamma", dgamma, dgammaOffset, n);
    long dbetaAt = Operands.output(NAME, "dbeta", dbeta, dbetaOffset, n);
    Operands.disjoint(NAME, "x", xAt, extent, "dgamma", dgammaAt, n);
    Operands.disjoint(NAME, "x", xAt, extent, "dbeta", dbetaAt, n);
    Operands.disjoint(NAME, "statistics", keptAt, pairs, "dgamma", dgammaAt, n);
    Operands.disjoint(NAME, "statistics", keptAt, pairs, "dbeta", dbetaAt, n);
    Operands.disjoint(NAME, "dy", dyAt, extent, "dgamma", dgammaAt, n);
    Operands.disjoint(NAME, "dy", dyAt, extent, "dbeta", dbetaAt, n);
    Operands.disjoint(NAME, "dgamma", dgammaAt, n, "dbeta", dbetaAt, n);
    if (Held.isNeeded(x, statistics, dy) || Held.isNeeded(dgamma, dbeta)) {
      Held.run(
          () ->
              KERNEL.weights(
                  rows,
                  n,
                  ld,
                  x,
                  xOffset,
                  statistics,
                  statisticsOffset,
                  dy,
                  dyOffset,
                  dgamma,
                  dgammaOffset,
                  dbeta,
                  dbetaOffset),
          x,
          statistics,
          dy,
          dgamma,
          dbeta);
    } else {
      KERNEL.weights(
          rows,
          n,
          ld,
          x,
          xOffset,
          statistics,
          statisticsOffset,
          dy,
          dyOffset,
          dgamma,
          dgammaOffset,
          dbeta,
          dbetaOffset);
      Held.untilHere(x, statistics, dy);
      Held.untilHere(dgamma, dbeta);
    }
  }
}
