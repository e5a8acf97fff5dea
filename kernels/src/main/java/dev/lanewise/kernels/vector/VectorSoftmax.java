package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax of rows: the largest and the exponentials in vectors, the sum element by element, as its
 * order is the contract.
 */
public final class VectorSoftmax implements SoftmaxKernel {

  /** Elements that stay in the first cache, so that short rows fill the exponential's vectors. */
  private static final long TOGETHER = 2048;

  private final VectorExp exp = new VectorExp();

  @Override
  public void apply(
      long rows, int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long together = Math.max(1, TOGETHER / Math.max(1, n));
    for (long row = 0; row < rows; row += together) {
      block(Math.min(together, rows - row), n, x, xOffset + row * n, y, yOffset + row * n);
    }
  }

  private void block(
      long rows, int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    long row = n * (long) Float.BYTES;
    long whole = n / Lanes.COUNT * Lanes.BYTES;
    long from = Memory.address(x, xOffset);
    long apart = Memory.address(y, yOffset) - from;
    long end = from + rows * row;
    for (long at = from; at != end; at += row) {
      shift(at, at + whole, at + row, largest(at, at + whole, at + row), apart);
    }
    exp.apply(rows * n, y, yOffset, y, yOffset);
    for (long at = from; at != end; at += row) {
      divide(at + apart, at + apart + row);
    }
  }

  /** Of a row with so many whole vectors; any order gives the same. */
  private static float largest(long from, long whole, long end) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector most = FloatVector.broadcast(FLOAT, Float.NEGATIVE_INFINITY);
    for (long at = from; at != whole; at += Lanes.BYTES) {
      most = most.max(FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER));
    }
    float largest = most.reduceLanes(VectorOperators.MAX);
    for (long at = whole; at != end; at += Float.BYTES) {
      largest = Math.max(largest, Memory.get(at));
    }
    return largest;
  }

  private static void shift(long from, long whole, long end, float by, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    for (long at = from; at != whole; at += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
          .sub(by)
          .intoMemorySegment(ALL, (at + apart) & MASK, ORDER);
    }
    for (long at = whole; at != end; at += Float.BYTES) {
      Memory.set(at + apart, Memory.get(at) - by);
    }
  }

  private static void divide(long from, long end) {
    double sum = 0;
    for (long at = from; at != end; at += Float.BYTES) {
      sum += Memory.get(at);
    }
    for (long at = from; at != end; at += Float.BYTES) {
      Memory.set(at, (float) (Memory.get(at) / sum));
    }
  }
}
