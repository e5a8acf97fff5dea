package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.AddScaledKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** {@code y += alpha * x}. */
public final class ScalarAddScaled implements AddScaledKernel {

  @Override
  public void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      Floats.set(
          y, yOffset + i, Fma.of(alpha, Floats.get(x, xOffset + i), Floats.get(y, yOffset + i)));
    }
  }
}
