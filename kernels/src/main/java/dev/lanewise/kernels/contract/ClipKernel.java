package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a clip by value. Offsets and lengths in elements. */
public interface ClipKernel {

  /** {@code y = min(max(x, -limit), limit)}; NaN stays NaN; {@code y} may be {@code x}. */
  void apply(long n, float limit, MemorySegment x, long xOffset, MemorySegment y, long yOffset);

  /**
   * {@code dx = dy} where {@code |y| < limit}, else 0; {@code dx} may be {@code y} or {@code dy}.
   */
  void gradient(
      long n,
      float limit,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset);
}
