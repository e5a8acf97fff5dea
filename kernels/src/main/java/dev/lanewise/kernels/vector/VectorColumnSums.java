package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.ColumnSumsKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code y[j] += sum over i of x[i, j]}: eight vectors of columns at a time, down the rows. */
public final class VectorColumnSums implements ColumnSumsKernel {

  /** Vectors side by side: they hide the latency of the additions, and of the next row's page. */
  private static final int WIDE = 8;

  @Override
  public void apply(
      int m, int n, MemorySegment x, long xOffset, long ldx, MemorySegment y, long yOffset) {
    long column = Memory.address(x, xOffset);
    long sums = Memory.address(y, yOffset);
    long row = ldx * Float.BYTES;
    long end = column + (long) (n / Lanes.COUNT) * Lanes.BYTES;
    for (; end - column >= WIDE * Lanes.BYTES; column += WIDE * Lanes.BYTES) {
      wide(m, column, row, sums);
      sums += WIDE * Lanes.BYTES;
    }
    for (; column != end; column += Lanes.BYTES, sums += Lanes.BYTES) {
      FloatVector sum = FloatVector.fromMemorySegment(FLOAT, ALL, sums & MASK, ORDER);
      long past = column + m * row;
      for (long at = column; at != past; at += row) {
        sum = sum.add(FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER));
      }
      sum.intoMemorySegment(ALL, sums & MASK, ORDER);
    }
    int tail = n % Lanes.COUNT;
    for (int j = 0; j < tail; j++) {
      long at = column + j * (long) Float.BYTES;
      float sum = Memory.get(sums + j * (long) Float.BYTES);
      for (int i = 0; i < m; i++) {
        sum += Memory.get(at + i * row);
      }
      Memory.set(sums + j * (long) Float.BYTES, sum);
    }
  }

  private static void wide(int m, long x, long row, long y) {
    FloatVector sum0 = FloatVector.fromMemorySegment(FLOAT, ALL, y & MASK, ORDER);
    FloatVector sum1 = FloatVector.fromMemorySegment(FLOAT, ALL, (y + Lanes.BYTES) & MASK, ORDER);
    FloatVector sum2 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (y + 2 * Lanes.BYTES) & MASK, ORDER);
    FloatVector sum3 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (y + 3 * Lanes.BYTES) & MASK, ORDER);
    FloatVector sum4 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (y + 4 * Lanes.BYTES) & MASK, ORDER);
    FloatVector sum5 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (y + 5 * Lanes.BYTES) & MASK, ORDER);
    FloatVector sum6 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (y + 6 * Lanes.BYTES) & MASK, ORDER);
    FloatVector sum7 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (y + 7 * Lanes.BYTES) & MASK, ORDER);
    long past = x + m * row;
    for (long at = x; at != past; at += row) {
      sum0 = sum0.add(FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER));
      sum1 = sum1.add(FloatVector.fromMemorySegment(FLOAT, ALL, (at + Lanes.BYTES) & MASK, ORDER));
      sum2 =
          sum2.add(FloatVector.fromMemorySegment(FLOAT, ALL, (at + 2 * Lanes.BYTES) & MASK, ORDER));
      sum3 =
          sum3.add(FloatVector.fromMemorySegment(FLOAT, ALL, (at + 3 * Lanes.BYTES) & MASK, ORDER));
      sum4 =
          sum4.add(FloatVector.fromMemorySegment(FLOAT, ALL, (at + 4 * Lanes.BYTES) & MASK, ORDER));
      sum5 =
          sum5.add(FloatVector.fromMemorySegment(FLOAT, ALL, (at + 5 * Lanes.BYTES) & MASK, ORDER));
      sum6 =
          sum6.add(FloatVector.fromMemorySegment(FLOAT, ALL, (at + 6 * Lanes.BYTES) & MASK, ORDER));
      sum7 =
          sum7.add(FloatVector.fromMemorySegment(FLOAT, ALL, (at + 7 * Lanes.BYTES) & MASK, ORDER));
    }
    sum0.intoMemorySegment(ALL, y & MASK, ORDER);
    sum1.intoMemorySegment(ALL, (y + Lanes.BYTES) & MASK, ORDER);
    sum2.intoMemorySegment(ALL, (y + 2 * Lanes.BYTES) & MASK, ORDER);
    sum3.intoMemorySegment(ALL, (y + 3 * Lanes.BYTES) & MASK, ORDER);
    sum4.intoMemorySegment(ALL, (y + 4 * Lanes.BYTES) & MASK, ORDER);
    sum5.intoMemorySegment(ALL, (y + 5 * Lanes.BYTES) & MASK, ORDER);
    sum6.intoMemorySegment(ALL, (y + 6 * Lanes.BYTES) & MASK, ORDER);
    sum7.intoMemorySegment(ALL, (y + 7 * Lanes.BYTES) & MASK, ORDER);
  }
}
