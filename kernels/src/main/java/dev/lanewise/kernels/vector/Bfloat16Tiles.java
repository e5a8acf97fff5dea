package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Lanes.INT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;
import static dev.lanewise.kernels.vector.Memory.STRIDE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.kernels.contract.Bfloat16Strips;
import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Strips of bfloat16: a load, a shift and a mask give two vectors of weights. Written as {@link
 * SgemmTiles} is, and for its reasons.
 *
 * <p>Written by {@code TileFile} of the tests: change the text there, not here.
 */
final class Bfloat16Tiles {

  /** A strip's row: two vectors. */
  static final long ROW_BYTES = 2 * Lanes.BYTES;

  private Bfloat16Tiles() {}

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
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long from = c & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    long end = (b & MASK) + k * ROW_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc00);
      acc01 = a0.fma(p0.and(high).reinterpretAsFloats(), acc01);
      acc02 = a0.fma(p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc02);
      acc03 = a0.fma(p1.and(high).reinterpretAsFloats(), acc03);
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
   * One row over two strips at once: twice the chains hide the latency of the additions.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
   * @param bApart bytes from one strip to the next
   * @param c address of C's first element, which is added to
   * @param apart bytes from one vector of C to the next
   * @param cApart bytes in C from one strip to the next
   */
  static void rows1strips2(
      long a, long kStride, int k, long b, long bApart, long c, long apart, long cApart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long w0 = cApart & STRIDE;
    long w1 = w0 + v1;
    long w2 = w0 + v2;
    long w3 = w0 + v3;
    long from = c & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    FloatVector acc04 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w0, ORDER);
    FloatVector acc05 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w1, ORDER);
    FloatVector acc06 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w2, ORDER);
    FloatVector acc07 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w3, ORDER);
    long end = (b & MASK) + k * ROW_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, at + Lanes.BYTES, ORDER);
      long next = (at + bApart) & MASK;
      IntVector p2 = IntVector.fromMemorySegment(INT, ALL, next, ORDER);
      IntVector p3 = IntVector.fromMemorySegment(INT, ALL, next + Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc00);
      acc01 = a0.fma(p0.and(high).reinterpretAsFloats(), acc01);
      acc02 = a0.fma(p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc02);
      acc03 = a0.fma(p1.and(high).reinterpretAsFloats(), acc03);
      acc04 = a0.fma(p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc04);
      acc05 = a0.fma(p2.and(high).reinterpretAsFloats(), acc05);
      acc06 = a0.fma(p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc06);
      acc07 = a0.fma(p3.and(high).reinterpretAsFloats(), acc07);
      row = (row + kStride) & MASK;
      at = (at + ROW_BYTES) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long p3 = 3 * p1;
    long q0 = (cApart + none) & STRIDE;
    long q1 = q0 + p1;
    long q2 = q0 + p2;
    long q3 = q0 + p3;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc03.intoMemorySegment(ALL, to + p3, ORDER);
    acc04.intoMemorySegment(ALL, to + q0, ORDER);
    acc05.intoMemorySegment(ALL, to + q1, ORDER);
    acc06.intoMemorySegment(ALL, to + q2, ORDER);
    acc07.intoMemorySegment(ALL, to + q3, ORDER);
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
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long from = c & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    long end = (b & MASK) + k * ROW_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc00);
      acc01 = a0.fma(p0.and(high).reinterpretAsFloats(), acc01);
      acc02 = a0.fma(p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc02);
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
   * One row over two strips at once: twice the chains hide the latency of the additions.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
   * @param bApart bytes from one strip to the next
   * @param c address of C's first element, which is added to
   * @param apart bytes from one vector of C to the next
   * @param cApart bytes in C from one strip to the next
   */
  static void rows1strips2vectors3(
      long a, long kStride, int k, long b, long bApart, long c, long apart, long cApart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long w0 = cApart & STRIDE;
    long w1 = w0 + v1;
    long w2 = w0 + v2;
    long from = c & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w0, ORDER);
    FloatVector acc04 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w1, ORDER);
    FloatVector acc05 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w2, ORDER);
    long end = (b & MASK) + k * ROW_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, at + Lanes.BYTES, ORDER);
      long next = (at + bApart) & MASK;
      IntVector p2 = IntVector.fromMemorySegment(INT, ALL, next, ORDER);
      IntVector p3 = IntVector.fromMemorySegment(INT, ALL, next + Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc00);
      acc01 = a0.fma(p0.and(high).reinterpretAsFloats(), acc01);
      acc02 = a0.fma(p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc02);
      acc03 = a0.fma(p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc03);
      acc04 = a0.fma(p2.and(high).reinterpretAsFloats(), acc04);
      acc05 = a0.fma(p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc05);
      row = (row + kStride) & MASK;
      at = (at + ROW_BYTES) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long q0 = (cApart + none) & STRIDE;
    long q1 = q0 + p1;
    long q2 = q0 + p2;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc03.intoMemorySegment(ALL, to + q0, ORDER);
    acc04.intoMemorySegment(ALL, to + q1, ORDER);
    acc05.intoMemorySegment(ALL, to + q2, ORDER);
  }

  /**
   * Writes rows of a strip as rows of floats, four vectors each.
   *
   * @param b address of the first row
   * @param steps how many
   * @param to address of what is written
   */
  static void widen(long b, int steps, long to) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    long end = (b & MASK) + steps * ROW_BYTES;
    long into = to & MASK;
    long at = b & MASK;
    while (at != end) {
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, at, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, at + Lanes.BYTES, ORDER);
      p0.lanewise(VectorOperators.LSHL, 16).intoMemorySegment(ALL, into, ORDER);
      p0.and(high).intoMemorySegment(ALL, into + Lanes.BYTES, ORDER);
      p1.lanewise(VectorOperators.LSHL, 16).intoMemorySegment(ALL, into + 2 * Lanes.BYTES, ORDER);
      p1.and(high).intoMemorySegment(ALL, into + 3 * Lanes.BYTES, ORDER);
      into = (into + 4 * Lanes.BYTES) & MASK;
      at = (at + ROW_BYTES) & MASK;
    }
  }
}
