package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.MaximumKernel;
import java.lang.foreign.MemorySegment;

/** {@code y = max(a, b)}. */
public final class ScalarMaximum implements MaximumKernel {

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
      Floats.set(y, yOffset + i, Math.max(Floats.get(a, aOffset + i), Floats.get(b, bOffset + i)));
    }
  }
}
