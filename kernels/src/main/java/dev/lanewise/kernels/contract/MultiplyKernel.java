package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of an elementwise product. Offsets and lengths in elements. */
public interface MultiplyKernel {

  /** {@code y = a * b}; {@code y} may be either. */
  void apply(
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset);
}
