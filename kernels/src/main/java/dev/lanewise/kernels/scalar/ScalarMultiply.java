package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.MultiplyKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = a * b}. */
public final class ScalarMultiply implements MultiplyKernel {

  @Override
  public void apply(
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    for (long i = 0; i < n; i++) {
      Floats.set(y, yOffset + i, Floats.get(a, aOffset + i) * Floats.get(b, bOffset + i));
    }
  }
}
