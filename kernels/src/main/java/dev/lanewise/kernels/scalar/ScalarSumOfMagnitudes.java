package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.SumOfMagnitudesKernel;
import java.lang.foreign.MemorySegment;

/** Sum of absolute values in sixteen interleaved chains. */
public final class ScalarSumOfMagnitudes implements SumOfMagnitudesKernel {

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
      sum += Math.abs(Floats.get(x, xOffset + i));
    }
    return sum;
  }
}
