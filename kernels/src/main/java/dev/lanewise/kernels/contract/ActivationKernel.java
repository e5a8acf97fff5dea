package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * The unchecked body of an elementwise activation and of its gradient. Offsets and lengths in
 * elements.
 */
public interface ActivationKernel {

  /** {@code y = a(x)}; {@code y} may be {@code x}. */
  void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset);

  /**
   * {@code dx = dy * a'(x)}. From the value {@code y = a(x)}; from x where a' is no function of y
   * that a formula gives, as {@link KernelSet} says. {@code dx} may be {@code dy} or what it is
   * computed from.
   */
  void gradient(
      long n,
      MemorySegment of,
      long ofOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset);
}
