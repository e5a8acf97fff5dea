package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.SumOfSquaresKernel;
import java.lang.foreign.MemorySegment;

/** Sum of squares in sixteen interleaved chains. */
public final class ScalarSumOfSquares implements SumOfSquaresKernel {

  @Override
  public float apply(long n, MemorySegment x, long xOffset) {
    float[] chains = new float[16];
    for (long i = 0; i < n; i++) {
      float v = Floats.get(x, xOffset + i);
      chains[(int) (i & 15)] = Math.fma(v, v, chains[(int) (i & 15)]);
    }
    for (int apart = 8; apart > 0; apart >>= 1) {
      for (int i = 0; i < apart; i++) {
        chains[i] += chains[i + apart];
      }
    }
    return chains[0];
  }
}
