package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import dev.lanewise.kernels.contract.ColumnSumsKernel;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@code y[j] += sum over i of x[i, j]}: a vector of columns at a time, down the rows. */
public final class VectorColumnSums implements ColumnSumsKernel {

  @Override
  public void apply(
      int m, int n, MemorySegment x, long xOffset, long ldx, MemorySegment y, long yOffset) {
    long column = Memory.address(x, xOffset);
    long sums = Memory.address(y, yOffset);
    long row = ldx * Float.BYTES;
    long end = column + (long) (n / Lanes.COUNT) * Lanes.BYTES;
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
}
