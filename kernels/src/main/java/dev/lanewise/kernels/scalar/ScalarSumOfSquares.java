package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.Fma;
import dev.lanewise.kernels.contract.SumOfSquaresKernel;
import java.lang.foreign.MemorySegment;

/** Sum of squares in sixteen interleaved chains. */
public final class ScalarSumOfSquares implements SumOfSquaresKernel {

  private static final int CHAINS = 16;

  @Override
  public float apply(long n, MemorySegment x, long xOffset) {
    return sum(n, x, xOffset, 0, 1);
  }

  /** Of the chains {@code first}, {@code first + apart} and so on: halves first. */
  private static float sum(long n, MemorySegment x, long xOffset, int first, int apart) {
    if (apart < CHAINS) {
      return sum(n, x, xOffset, first, 2 * apart) + sum(n, x, xOffset, first + apart, 2 * apart);
    }
    float sum = 0f;
    for (long i = first; i < n; i += CHAINS) {
      float v = Floats.get(x, xOffset + i);
      sum = Fma.of(v, v, sum);
    }
    return sum;
  }
}
