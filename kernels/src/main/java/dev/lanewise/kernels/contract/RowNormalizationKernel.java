package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * The unchecked bodies of a layer normalization. Offsets and lengths in elements.
 *
 * <p>Each sum over a row is taken in sixteen interleaved chains (element i joins chain i mod 16).
 * They are added pairwise (8 apart, 4, 2, 1). So it gives the same bits at every vector width.
 */
public interface RowNormalizationKernel {

  /**
   * {@code y = (x - mean) * inverse * gamma + beta}, with {@code inverse = 1 / sqrt(variance +
   * epsilon)} and the biased variance of the row.
   *
   * @param x (rows, n), not modified unless it is y
   * @param statistics (rows, 2), overwritten with mean and inverse
   * @param y (rows, n)
   */
  void forward(
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
      long yOffset);

  /**
   * {@code dx = inverse * (q - mean(q) - z * mean(q * z))}, with {@code q = dy * gamma} and {@code
   * z = (x - mean) * inverse}.
   *
   * @param statistics (rows, 2), what forward wrote
   * @param dx (rows, n), may be x or dy
   */
  void backward(
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
      long dxOffset);

  /**
   * {@code dgamma[j] += sum over i of dy[i, j] * z[i, j]; dbeta[j] += sum over i of dy[i, j]}, i
   * ascending, of n columns of rows {@code ld} apart.
   */
  void weights(
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
      long dbetaOffset);
}
