package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ScaleKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = alpha * x}. */
public final class ScalarScale implements ScaleKernel {

  @Override
  public void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      Floats.set(y, yOffset + i, alpha * Floats.get(x, xOffset + i));
    }
  }
}
