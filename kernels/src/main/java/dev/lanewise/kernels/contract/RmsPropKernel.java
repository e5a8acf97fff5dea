package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/**
 * The unchecked bodies of one RMSprop update. Offsets and lengths in elements.
 *
 * <p>Keras's epsilon is {@code inside} the root, PyTorch's is added {@code after} it, and the other
 * of the two is 0.
 */
public interface RmsPropKernel {

  /**
   * {@code v += (g * g - v) * oneMinusRho; w -= rate * g / (sqrt(v + inside) + after)}.
   *
   * @param g gradient, not modified
   * @param v mean square, updated
   * @param w weights, updated
   */
  void apply(
      long n,
      float rate,
      float oneMinusRho,
      float inside,
      float after,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset);

  /**
   * By the variance instead of the mean square: {@code v += (g * g - v) * oneMinusRho; a += (g - a)
   * * oneMinusRho; w -= rate * g / (sqrt(max(v - a * a, 0) + inside) + after)}.
   *
   * @param g gradient, not modified
   * @param v mean square, updated
   * @param a mean gradient, updated
   * @param w weights, updated
   */
  void centered(
      long n,
      float rate,
      float oneMinusRho,
      float inside,
      float after,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment a,
      long aOffset,
      MemorySegment w,
      long wOffset);
}
