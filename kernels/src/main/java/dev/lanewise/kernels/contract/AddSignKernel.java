package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of an addition of scaled signs. Offsets and lengths in elements. */
public interface AddSignKernel {

  /** {@code y += alpha * sign(x)}, one fused multiply-add an element. */
  void apply(long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset);
}
