package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * The unchecked body of an elementwise activation and of its gradient. Offsets and lengths in
 * elements.
 */
public interface ActivationKernel {

  /** {@code y = a(x)}; {@code y} may be {@code x}. */
  void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset);

  /** {@code dx = dy * a'(x)}, from the value {@code y = a(x)}; {@code dx} may be {@code dy}. */
  void gradient(
      long n,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset);
}
