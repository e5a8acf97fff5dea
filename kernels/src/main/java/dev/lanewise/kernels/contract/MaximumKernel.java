package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of an elementwise maximum. Offsets and lengths in elements. */
public interface MaximumKernel {

  /** {@code y = max(a, b)} as {@link Math#max(float, float)} has it; {@code y} may be either. */
  void apply(
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset);
}
