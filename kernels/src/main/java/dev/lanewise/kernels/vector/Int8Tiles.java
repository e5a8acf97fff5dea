package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Lanes.INT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;
import static dev.lanewise.kernels.vector.Memory.STRIDE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.kernels.contract.EmptyTurns;
import dev.lanewise.kernels.contract.Int8Strips;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Strips of bytes: a load gives four vectors of weights, each by shifts that extend its sign, a
 * conversion and a multiplication by its columns' scales. Written as {@link SgemmTiles} is, and for
 * its reasons.
 *
 * <p>Written by {@code TileFile} of the tests: change the text there, not here.
 */
final class Int8Tiles {

  /** A strip's row: one vector. */
  static final long ROW_BYTES = Lanes.BYTES;

  static final long SCALES_BYTES = Int8Strips.scales(Lanes.COUNT);

  private Int8Tiles() {}

  /**
   * One row.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
   * @param c address of C's first element, which is added to
   * @param apart bytes from one vector of C to the next
   */
  static void rows1(long a, long kStride, int k, long b, long c, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long scales = b & MASK;
    FloatVector s0 = FloatVector.fromMemorySegment(FLOAT, ALL, scales, ORDER);
    FloatVector s1 = FloatVector.fromMemorySegment(FLOAT, ALL, scales + Lanes.BYTES, ORDER);
    FloatVector s2 = FloatVector.fromMemorySegment(FLOAT, ALL, scales + 2 * Lanes.BYTES, ORDER);
    FloatVector s3 = FloatVector.fromMemorySegment(FLOAT, ALL, scales + 3 * Lanes.BYTES, ORDER);
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long from = c & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    long end = ((b + SCALES_BYTES) & MASK) + k * ROW_BYTES;
    long at = (b + SCALES_BYTES) & MASK;
    long row = a & MASK;
    while (at != end) {
      IntVector q = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector q0 = q.lanewise(VectorOperators.LSHL, 24).lanewise(VectorOperators.ASHR, 24);
      IntVector q1 = q.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 24);
      IntVector q2 = q.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 24);
      IntVector q3 = q.lanewise(VectorOperators.ASHR, 24);
      FloatVector b0 = ((FloatVector) q0.convert(VectorOperators.I2F, 0)).mul(s0);
      FloatVector b1 = ((FloatVector) q1.convert(VectorOperators.I2F, 0)).mul(s1);
      FloatVector b2 = ((FloatVector) q2.convert(VectorOperators.I2F, 0)).mul(s2);
      FloatVector b3 = ((FloatVector) q3.convert(VectorOperators.I2F, 0)).mul(s3);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      row = (row + kStride) & MASK;
      at = (at + ROW_BYTES) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long p3 = 3 * p1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc03.intoMemorySegment(ALL, to + p3, ORDER);
  }

  /**
   * One row.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
   * @param c address of C's first element, which is added to
   * @param apart bytes from one vector of C to the next
   */
  static void rows1vectors3(long a, long kStride, int k, long b, long c, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long scales = b & MASK;
    FloatVector s0 = FloatVector.fromMemorySegment(FLOAT, ALL, scales, ORDER);
    FloatVector s1 = FloatVector.fromMemorySegment(FLOAT, ALL, scales + Lanes.BYTES, ORDER);
    FloatVector s2 = FloatVector.fromMemorySegment(FLOAT, ALL, scales + 2 * Lanes.BYTES, ORDER);
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long from = c & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    long end = ((b + SCALES_BYTES) & MASK) + k * ROW_BYTES;
    long at = (b + SCALES_BYTES) & MASK;
    long row = a & MASK;
    while (at != end) {
      IntVector q = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector q0 = q.lanewise(VectorOperators.LSHL, 24).lanewise(VectorOperators.ASHR, 24);
      IntVector q1 = q.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 24);
      IntVector q2 = q.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 24);
      FloatVector b0 = ((FloatVector) q0.convert(VectorOperators.I2F, 0)).mul(s0);
      FloatVector b1 = ((FloatVector) q1.convert(VectorOperators.I2F, 0)).mul(s1);
      FloatVector b2 = ((FloatVector) q2.convert(VectorOperators.I2F, 0)).mul(s2);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      row = (row + kStride) & MASK;
      at = (at + ROW_BYTES) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
  }

  /**
   * Writes rows of a strip as rows of floats, four vectors each.
   *
   * @param scales address of the strip, which its scales begin
   * @param b address of the first row
   * @param steps how many
   * @param to address of what is written
   */
  static void widen(long scales, long b, int steps, long to) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    FloatVector s0 = FloatVector.fromMemorySegment(FLOAT, ALL, scales & MASK, ORDER);
    FloatVector s1 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (scales + Lanes.BYTES) & MASK, ORDER);
    FloatVector s2 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (scales + 2 * Lanes.BYTES) & MASK, ORDER);
    FloatVector s3 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (scales + 3 * Lanes.BYTES) & MASK, ORDER);
    long end = (b & MASK) + steps * ROW_BYTES;
    long into = to & MASK;
    long at = b & MASK;
    while (at != end) {
      IntVector q = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector q0 = q.lanewise(VectorOperators.LSHL, 24).lanewise(VectorOperators.ASHR, 24);
      ((FloatVector) q0.convert(VectorOperators.I2F, 0))
          .mul(s0)
          .intoMemorySegment(ALL, into, ORDER);
      IntVector q1 = q.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 24);
      ((FloatVector) q1.convert(VectorOperators.I2F, 0))
          .mul(s1)
          .intoMemorySegment(ALL, into + Lanes.BYTES, ORDER);
      IntVector q2 = q.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 24);
      ((FloatVector) q2.convert(VectorOperators.I2F, 0))
          .mul(s2)
          .intoMemorySegment(ALL, into + 2 * Lanes.BYTES, ORDER);
      IntVector q3 = q.lanewise(VectorOperators.ASHR, 24);
      ((FloatVector) q3.convert(VectorOperators.I2F, 0))
          .mul(s3)
          .intoMemorySegment(ALL, into + 3 * Lanes.BYTES, ORDER);
      into = (into + 4 * Lanes.BYTES) & MASK;
      at = (at + ROW_BYTES) & MASK;
    }
  }
}
