package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a clip by value. Offsets and lengths in elements. */
public interface ClipKernel {

  /** {@code y = min(max(x, -limit), limit)}; NaN stays NaN; {@code y} may be {@code x}. */
  void apply(long n, float limit, MemorySegment x, long xOffset, MemorySegment y, long yOffset);
}
