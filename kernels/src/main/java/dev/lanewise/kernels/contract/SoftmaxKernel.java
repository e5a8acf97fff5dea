package dev.lanewise.kernels.contract;

import java.lang.foreign.MemorySegment;

/** The unchecked body of a softmax of rows. Offsets and lengths in elements. */
public interface SoftmaxKernel {

  /**
   * {@code y_i = e^(x_i - max x) / sum over j of e^(x_j - max x)} in each row. The sum is taken in
   * double, j ascending, and divided by in double: the same bits at every vector width.
   *
   * @param x (rows, n), not modified unless it is y
   * @param y (rows, n)
   */
  void apply(long rows, int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset);
}
