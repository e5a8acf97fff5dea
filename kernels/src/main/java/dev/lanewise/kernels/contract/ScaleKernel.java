package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a product by one number. Offsets and lengths in elements. */
public interface ScaleKernel {

  /** {@code y = alpha * x}; {@code y} may be {@code x}. */
  void apply(long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset);
}
