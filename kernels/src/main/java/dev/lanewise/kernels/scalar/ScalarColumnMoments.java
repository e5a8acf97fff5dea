package dev.lanewise.kernels.scalar;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.lanewise.kernels.contract.ColumnMomentsKernel;
import dev.lanewise.kernels.contract.Fma;
import java.lang.foreign.MemorySegment;

/** Means and variances of columns: sums in double down the rows, twice. */
public final class ScalarColumnMoments implements ColumnMomentsKernel {

  @Override
  public void addSums(
      int m,
      int n,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset) {
    for (int j = 0; j < n; j++) {
      double sum = get(workspace, workspaceOffset, j);
      for (int i = 0; i < m; i++) {
        sum += Floats.get(x, xOffset + i * ldx + j);
      }
      set(workspace, workspaceOffset, j, sum);
    }
  }

  @Override
  public void addSquares(
      int m,
      int n,
      long count,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset) {
    for (int j = 0; j < n; j++) {
      double mean = get(workspace, workspaceOffset, j) / count;
      double sum = get(workspace, workspaceOffset, n + (long) j);
      for (int i = 0; i < m; i++) {
        double d = Floats.get(x, xOffset + i * ldx + j) - mean;
        sum = Fma.of(d, d, sum);
      }
      set(workspace, workspaceOffset, n + (long) j, sum);
    }
  }

  @Override
  public void moments(
      int n,
      long count,
      MemorySegment workspace,
      long workspaceOffset,
      MemorySegment mean,
      long meanOffset,
      MemorySegment variance,
      long varianceOffset) {
    for (int j = 0; j < n; j++) {
      double squares = get(workspace, workspaceOffset, n + (long) j);
      Floats.set(mean, meanOffset + j, (float) (get(workspace, workspaceOffset, j) / count));
      Floats.set(variance, varianceOffset + j, (float) (squares / count));
    }
  }

  private static double get(MemorySegment workspace, long offset, long index) {
    return workspace.get(JAVA_DOUBLE_UNALIGNED, offset * Float.BYTES + index * Double.BYTES);
  }

  private static void set(MemorySegment workspace, long offset, long index, double value) {
    workspace.set(JAVA_DOUBLE_UNALIGNED, offset * Float.BYTES + index * Double.BYTES, value);
  }
}
