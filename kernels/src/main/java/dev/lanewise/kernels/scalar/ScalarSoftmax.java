package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.SoftmaxKernel;
import java.lang.foreign.MemorySegment;

/** {@code y_i = e^(x_i - max x) / sum over j of e^(x_j - max x)}. */
public final class ScalarSoftmax implements SoftmaxKernel {

  @Override
  public void apply(
      long rows, int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    for (long row = 0; row < rows; row++) {
      long from = xOffset + row * n;
      long to = yOffset + row * n;
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        largest = Math.max(largest, Floats.get(x, from + i));
      }
      double sum = 0;
      for (int i = 0; i < n; i++) {
        float e = ScalarMath.exp(Floats.get(x, from + i) - largest);
        Floats.set(y, to + i, e);
        sum += e;
      }
      for (int i = 0; i < n; i++) {
        Floats.set(y, to + i, (float) (Floats.get(y, to + i) / sum));
      }
    }
  }
}
