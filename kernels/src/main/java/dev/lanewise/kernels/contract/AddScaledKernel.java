package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a scaled addition. Offsets and lengths in elements. */
public interface AddScaledKernel {

  /** {@code y += alpha * x}, one fused multiply-add an element. */
  void apply(long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset);
}
