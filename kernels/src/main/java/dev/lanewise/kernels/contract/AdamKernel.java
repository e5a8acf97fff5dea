package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of one Adam update. Offsets and lengths in elements. */
public interface AdamKernel {

  /**
   * {@code m += (g - m) * oneMinusBeta1; v += (g * g - v) * oneMinusBeta2; w -= rate * m / (sqrt(v)
   * + epsilon)}.
   *
   * @param g gradient, not modified
   * @param m first moment, updated
   * @param v second moment, updated
   * @param w weights, updated
   */
  void apply(
      long n,
      float rate,
      float oneMinusBeta1,
      float oneMinusBeta2,
      float epsilon,
      MemorySegment g,
      long gOffset,
      MemorySegment m,
      long mOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset);
}
