package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/** The gradients of gamma and beta: two vectors of columns at a time, down the rows. */
final class RowNormalizationWeights {

  /** Vectors side by side: they hide the latency of their two sums each. */
  private static final int WIDE = 2;

  private RowNormalizationWeights() {}

  /** Addresses, and {@code row} the bytes from a row to the next. */
  static void apply(
      long rows, int n, long row, long x, long kept, long dy, long dgamma, long dbeta) {
    long toDy = dy - x;
    long whole = (long) (n / Lanes.COUNT) * Lanes.BYTES;
    long past = (long) n * Float.BYTES;
    long column = 0;
    for (; whole - column >= WIDE * Lanes.BYTES; column += WIDE * Lanes.BYTES) {
      wide(rows, row, x + column, kept, toDy, dgamma + column, dbeta + column);
    }
    for (; column != whole; column += Lanes.BYTES) {
      narrow(rows, row, x + column, kept, toDy, dgamma + column, dbeta + column);
    }
    for (; column != past; column += Float.BYTES) {
      one(rows, row, x + column, kept, toDy, dgamma + column, dbeta + column);
    }
  }

  private static void wide(
      long rows, long row, long x, long kept, long toDy, long dgamma, long dbeta) {
    FloatVector scale0 = FloatVector.fromMemorySegment(FLOAT, ALL, dgamma & MASK, ORDER);
    FloatVector scale1 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (dgamma + Lanes.BYTES) & MASK, ORDER);
    FloatVector shift0 = FloatVector.fromMemorySegment(FLOAT, ALL, dbeta & MASK, ORDER);
    FloatVector shift1 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (dbeta + Lanes.BYTES) & MASK, ORDER);
    long at = x;
    long end = kept + rows * 2 * Float.BYTES;
    for (long i = kept; i != end; i += 2 * Float.BYTES, at += row) {
      FloatVector mean = FloatVector.broadcast(FLOAT, Memory.get(i));
      FloatVector inverse = FloatVector.broadcast(FLOAT, Memory.get(i + Float.BYTES));
      FloatVector z0 =
          FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER).sub(mean).mul(inverse);
      FloatVector z1 =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + Lanes.BYTES) & MASK, ORDER)
              .sub(mean)
              .mul(inverse);
      FloatVector gradient0 = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      FloatVector gradient1 =
          FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy + Lanes.BYTES) & MASK, ORDER);
      scale0 = gradient0.fma(z0, scale0);
      scale1 = gradient1.fma(z1, scale1);
      shift0 = shift0.add(gradient0);
      shift1 = shift1.add(gradient1);
    }
    scale0.intoMemorySegment(ALL, dgamma & MASK, ORDER);
    scale1.intoMemorySegment(ALL, (dgamma + Lanes.BYTES) & MASK, ORDER);
    shift0.intoMemorySegment(ALL, dbeta & MASK, ORDER);
    shift1.intoMemorySegment(ALL, (dbeta + Lanes.BYTES) & MASK, ORDER);
  }

  private static void narrow(
      long rows, long row, long x, long kept, long toDy, long dgamma, long dbeta) {
    FloatVector scale = FloatVector.fromMemorySegment(FLOAT, ALL, dgamma & MASK, ORDER);
    FloatVector shift = FloatVector.fromMemorySegment(FLOAT, ALL, dbeta & MASK, ORDER);
    long at = x;
    long end = kept + rows * 2 * Float.BYTES;
    for (long i = kept; i != end; i += 2 * Float.BYTES, at += row) {
      FloatVector z =
          FloatVector.fromMemorySegment(FLOAT, ALL, at & MASK, ORDER)
              .sub(Memory.get(i))
              .mul(Memory.get(i + Float.BYTES));
      FloatVector gradient = FloatVector.fromMemorySegment(FLOAT, ALL, (at + toDy) & MASK, ORDER);
      scale = gradient.fma(z, scale);
      shift = shift.add(gradient);
    }
    scale.intoMemorySegment(ALL, dgamma & MASK, ORDER);
    shift.intoMemorySegment(ALL, dbeta & MASK, ORDER);
  }

  private static void one(
      long rows, long row, long x, long kept, long toDy, long dgamma, long dbeta) {
    float scale = Memory.get(dgamma);
    float shift = Memory.get(dbeta);
    long at = x;
    long end = kept + rows * 2 * Float.BYTES;
    for (long i = kept; i != end; i += 2 * Float.BYTES, at += row) {
      float z = (Memory.get(at) - Memory.get(i)) * Memory.get(i + Float.BYTES);
      float gradient = Memory.get(at + toDy);
      scale = Math.fma(gradient, z, scale);
      shift += gradient;
    }
    Memory.set(dgamma, scale);
    Memory.set(dbeta, shift);
  }
}
