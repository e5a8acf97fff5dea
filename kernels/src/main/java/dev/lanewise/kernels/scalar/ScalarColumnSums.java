package dev.lanewise.kernels.scalar;

import dev.lanewise.kernels.contract.ColumnSumsKernel;
import java.lang.foreign.MemorySegment;

/** {@code y[j] += sum over i of x[i, j]}. */
public final class ScalarColumnSums implements ColumnSumsKernel {

  @Override
  public void apply(
      int m, int n, MemorySegment x, long xOffset, long ldx, MemorySegment y, long yOffset) {
    for (int j = 0; j < n; j++) {
      float sum = Floats.get(y, yOffset + j);
      for (int i = 0; i < m; i++) {
        sum += Floats.get(x, xOffset + i * ldx + j);
      }
      Floats.set(y, yOffset + j, sum);
    }
  }
}
