package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.AddSignKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** {@code y += alpha * sign(x)}. */
public final class ScalarAddSign implements AddSignKernel {

  @Override
  public void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long i = 0; i < n; i++) {
      float sign = Math.signum(Floats.get(x, xOffset + i));
      Floats.set(y, yOffset + i, Fma.of(alpha, sign, Floats.get(y, yOffset + i)));
    }
  }
}
