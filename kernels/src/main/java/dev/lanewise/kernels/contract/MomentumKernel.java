package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of one update with momentum. Offsets and lengths in elements. */
public interface MomentumKernel {

  /**
   * {@code v = momentum * v - rate * g; w += v}, each product rounded.
   *
   * @param g gradient, not modified
   * @param v velocity, updated
   * @param w weights, updated
   */
  void apply(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset);

  /**
   * Nesterov's: {@code v = momentum * v - rate * g; w += momentum * v - rate * g}, each product
   * rounded.
   *
   * @param g gradient, not modified
   * @param v velocity, updated
   * @param w weights, updated
   */
  void nesterov(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset);
}
