package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.DOUBLE;
import static dev.lanewise.kernels.vector.Lanes.HALF;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.ColumnMomentsKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Means and variances of columns: sums in double, four vectors of columns at a time, down the rows.
 * Half a vector of floats fills a vector of doubles.
 */
public final class VectorColumnMoments implements ColumnMomentsKernel {

  /** Vectors side by side: they hide the latency of the additions. */
  private static final int WIDE = 4;

  private static final long HALF_BYTES = Lanes.BYTES / 2;

  @Override
  public void addSums(
      int m,
      int n,
      MemorySegment x,
      long xOffset,
      long ldx,
      MemorySegment workspace,
      long workspaceOffset) {
    long row = ldx * Float.BYTES;
    long at = Memory.address(x, xOffset);
    long sums = Memory.address(workspace, workspaceOffset);
    long past = at + n * (long) Float.BYTES;
    long end = at + n / HALF.length() * HALF_BYTES;
    for (; end - at >= WIDE * HALF_BYTES; at += WIDE * HALF_BYTES, sums += WIDE * Lanes.BYTES) {
      wideSums(at, at + m * row, row, sums);
    }
    for (; at != end; at += HALF_BYTES, sums += Lanes.BYTES) {
      DoubleVector sum = doubles(sums);
      for (long i = at; i != at + m * row; i += row) {
        sum = sum.add(widened(i));
      }
      sum.intoMemorySegment(ALL, sums & MASK, ORDER);
    }
    for (; at != past; at += Float.BYTES, sums += Double.BYTES) {
      double sum = Memory.getDouble(sums);
      for (long i = at; i != at + m * row; i += row) {
        sum += Memory.get(i);
      }
      Memory.setDouble(sums, sum);
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
    long row = ldx * Float.BYTES;
    long at = Memory.address(x, xOffset);
    long sums = Memory.address(workspace, workspaceOffset);
    long toSquares = n * (long) Double.BYTES;
    long past = at + n * (long) Float.BYTES;
    long end = at + n / HALF.length() * HALF_BYTES;
    for (; end - at >= WIDE * HALF_BYTES; at += WIDE * HALF_BYTES, sums += WIDE * Lanes.BYTES) {
      wideSquares(at, at + m * row, row, count, sums, sums + toSquares);
    }
    for (; at != end; at += HALF_BYTES, sums += Lanes.BYTES) {
      DoubleVector mean = doubles(sums).div((double) count);
      DoubleVector sum = doubles(sums + toSquares);
      for (long i = at; i != at + m * row; i += row) {
        DoubleVector d = widened(i).sub(mean);
        sum = d.fma(d, sum);
      }
      sum.intoMemorySegment(ALL, (sums + toSquares) & MASK, ORDER);
    }
    for (; at != past; at += Float.BYTES, sums += Double.BYTES) {
      double mean = Memory.getDouble(sums) / count;
      double sum = Memory.getDouble(sums + toSquares);
      for (long i = at; i != at + m * row; i += row) {
        double d = Memory.get(i) - mean;
        sum = Math.fma(d, d, sum);
      }
      Memory.setDouble(sums + toSquares, sum);
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
    long sums = Memory.address(workspace, workspaceOffset);
    long toSquares = n * (long) Double.BYTES;
    long to = Memory.address(mean, meanOffset);
    long toVariance = Memory.address(variance, varianceOffset) - to;
    for (int j = 0; j < n; j++, sums += Double.BYTES, to += Float.BYTES) {
      Memory.set(to, (float) (Memory.getDouble(sums) / count));
      Memory.set(to + toVariance, (float) (Memory.getDouble(sums + toSquares) / count));
    }
  }

  private static void wideSums(long from, long end, long row, long sums) {
    DoubleVector sum0 = doubles(sums);
    DoubleVector sum1 = doubles(sums + Lanes.BYTES);
    DoubleVector sum2 = doubles(sums + 2 * Lanes.BYTES);
    DoubleVector sum3 = doubles(sums + 3 * Lanes.BYTES);
    for (long at = from; at != end; at += row) {
      sum0 = sum0.add(widened(at));
      sum1 = sum1.add(widened(at + HALF_BYTES));
      sum2 = sum2.add(widened(at + 2 * HALF_BYTES));
      sum3 = sum3.add(widened(at + 3 * HALF_BYTES));
    }
    sum0.intoMemorySegment(ALL, sums & MASK, ORDER);
    sum1.intoMemorySegment(ALL, (sums + Lanes.BYTES) & MASK, ORDER);
    sum2.intoMemorySegment(ALL, (sums + 2 * Lanes.BYTES) & MASK, ORDER);
    sum3.intoMemorySegment(ALL, (sums + 3 * Lanes.BYTES) & MASK, ORDER);
  }

  private static void wideSquares(
      long from, long end, long row, long count, long sums, long squares) {
    DoubleVector mean0 = doubles(sums).div((double) count);
    DoubleVector mean1 = doubles(sums + Lanes.BYTES).div((double) count);
    DoubleVector mean2 = doubles(sums + 2 * Lanes.BYTES).div((double) count);
    DoubleVector mean3 = doubles(sums + 3 * Lanes.BYTES).div((double) count);
    DoubleVector sum0 = doubles(squares);
    DoubleVector sum1 = doubles(squares + Lanes.BYTES);
    DoubleVector sum2 = doubles(squares + 2 * Lanes.BYTES);
    DoubleVector sum3 = doubles(squares + 3 * Lanes.BYTES);
    for (long at = from; at != end; at += row) {
      DoubleVector d0 = widened(at).sub(mean0);
      DoubleVector d1 = widened(at + HALF_BYTES).sub(mean1);
      DoubleVector d2 = widened(at + 2 * HALF_BYTES).sub(mean2);
      DoubleVector d3 = widened(at + 3 * HALF_BYTES).sub(mean3);
      sum0 = d0.fma(d0, sum0);
      sum1 = d1.fma(d1, sum1);
      sum2 = d2.fma(d2, sum2);
      sum3 = d3.fma(d3, sum3);
    }
    sum0.intoMemorySegment(ALL, squares & MASK, ORDER);
    sum1.intoMemorySegment(ALL, (squares + Lanes.BYTES) & MASK, ORDER);
    sum2.intoMemorySegment(ALL, (squares + 2 * Lanes.BYTES) & MASK, ORDER);
    sum3.intoMemorySegment(ALL, (squares + 3 * Lanes.BYTES) & MASK, ORDER);
  }

  private static DoubleVector doubles(long at) {
    return DoubleVector.fromMemorySegment(DOUBLE, ALL, at & MASK, ORDER);
  }

  private static DoubleVector widened(long at) {
    return (DoubleVector)
        FloatVector.fromMemorySegment(HALF, ALL, at & MASK, ORDER)
            .convertShape(VectorOperators.F2D, DOUBLE, 0);
  }
}
