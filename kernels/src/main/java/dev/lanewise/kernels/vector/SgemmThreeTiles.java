package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;
import static dev.lanewise.kernels.vector.Memory.STRIDE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;

/**
 * The tiles of {@link SgemmTiles} over three vectors of a strip: of one that has no more, one of
 * each of three gates, or of a last one that is filled so far.
 *
 * <p>Written by {@code TileFile} of the tests: change the text there, not here.
 */
final class SgemmThreeTiles {

  private SgemmThreeTiles() {}

  /**
   * Six rows: 18 accumulators, for 32 registers; a tenth faster than four.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param bStep bytes of a row of the strip
   * @param init address of what the sums begin from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next, and of what it begins from
   */
  static void rows6(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bStep,
      long init,
      long initStride,
      long c,
      long ldc,
      long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    long i2 = 2 * i1;
    long i3 = 3 * i1;
    long i4 = 4 * i1;
    long i5 = 5 * i1;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v1), ORDER);
    FloatVector acc12 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v2), ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i2, ORDER);
    FloatVector acc21 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v1), ORDER);
    FloatVector acc22 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v2), ORDER);
    FloatVector acc30 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i3, ORDER);
    FloatVector acc31 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + v1), ORDER);
    FloatVector acc32 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + v2), ORDER);
    FloatVector acc40 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i4, ORDER);
    FloatVector acc41 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i4 + v1), ORDER);
    FloatVector acc42 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i4 + v2), ORDER);
    FloatVector acc50 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i5, ORDER);
    FloatVector acc51 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i5 + v1), ORDER);
    FloatVector acc52 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i5 + v2), ORDER);
    long a1At = rowStride & STRIDE;
    long a2At = 2 * a1At;
    long a3At = 3 * a1At;
    long a4At = 4 * a1At;
    long a5At = 5 * a1At;
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      FloatVector a2 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a2At));
      FloatVector a3 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a3At));
      FloatVector a4 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a4At));
      FloatVector a5 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a5At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      acc32 = a3.fma(b2, acc32);
      acc40 = a4.fma(b0, acc40);
      acc41 = a4.fma(b1, acc41);
      acc42 = a4.fma(b2, acc42);
      acc50 = a5.fma(b0, acc50);
      acc51 = a5.fma(b1, acc51);
      acc52 = a5.fma(b2, acc52);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long c1 = (ldc + none) & STRIDE;
    long c2 = 2 * c1;
    long c3 = 3 * c1;
    long c4 = 4 * c1;
    long c5 = 5 * c1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + p1), ORDER);
    acc12.intoMemorySegment(ALL, to + (c1 + p2), ORDER);
    acc20.intoMemorySegment(ALL, to + c2, ORDER);
    acc21.intoMemorySegment(ALL, to + (c2 + p1), ORDER);
    acc22.intoMemorySegment(ALL, to + (c2 + p2), ORDER);
    acc30.intoMemorySegment(ALL, to + c3, ORDER);
    acc31.intoMemorySegment(ALL, to + (c3 + p1), ORDER);
    acc32.intoMemorySegment(ALL, to + (c3 + p2), ORDER);
    acc40.intoMemorySegment(ALL, to + c4, ORDER);
    acc41.intoMemorySegment(ALL, to + (c4 + p1), ORDER);
    acc42.intoMemorySegment(ALL, to + (c4 + p2), ORDER);
    acc50.intoMemorySegment(ALL, to + c5, ORDER);
    acc51.intoMemorySegment(ALL, to + (c5 + p1), ORDER);
    acc52.intoMemorySegment(ALL, to + (c5 + p2), ORDER);
  }

  /**
   * Four rows, for 32 registers.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param bStep bytes of a row of the strip
   * @param init address of what the sums begin from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next, and of what it begins from
   */
  static void rows4(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bStep,
      long init,
      long initStride,
      long c,
      long ldc,
      long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    long i2 = 2 * i1;
    long i3 = 3 * i1;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v1), ORDER);
    FloatVector acc12 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v2), ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i2, ORDER);
    FloatVector acc21 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v1), ORDER);
    FloatVector acc22 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v2), ORDER);
    FloatVector acc30 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i3, ORDER);
    FloatVector acc31 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + v1), ORDER);
    FloatVector acc32 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + v2), ORDER);
    long a1At = rowStride & STRIDE;
    long a2At = 2 * a1At;
    long a3At = 3 * a1At;
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      FloatVector a2 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a2At));
      FloatVector a3 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a3At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      acc32 = a3.fma(b2, acc32);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long c1 = (ldc + none) & STRIDE;
    long c2 = 2 * c1;
    long c3 = 3 * c1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + p1), ORDER);
    acc12.intoMemorySegment(ALL, to + (c1 + p2), ORDER);
    acc20.intoMemorySegment(ALL, to + c2, ORDER);
    acc21.intoMemorySegment(ALL, to + (c2 + p1), ORDER);
    acc22.intoMemorySegment(ALL, to + (c2 + p2), ORDER);
    acc30.intoMemorySegment(ALL, to + c3, ORDER);
    acc31.intoMemorySegment(ALL, to + (c3 + p1), ORDER);
    acc32.intoMemorySegment(ALL, to + (c3 + p2), ORDER);
  }

  /**
   * Three rows: 9 accumulators, for 16 registers; a third faster than two.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param bStep bytes of a row of the strip
   * @param init address of what the sums begin from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next, and of what it begins from
   */
  static void rows3(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bStep,
      long init,
      long initStride,
      long c,
      long ldc,
      long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    long i2 = 2 * i1;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v1), ORDER);
    FloatVector acc12 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v2), ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i2, ORDER);
    FloatVector acc21 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v1), ORDER);
    FloatVector acc22 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v2), ORDER);
    long a1At = rowStride & STRIDE;
    long a2At = 2 * a1At;
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      FloatVector a2 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a2At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long c1 = (ldc + none) & STRIDE;
    long c2 = 2 * c1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + p1), ORDER);
    acc12.intoMemorySegment(ALL, to + (c1 + p2), ORDER);
    acc20.intoMemorySegment(ALL, to + c2, ORDER);
    acc21.intoMemorySegment(ALL, to + (c2 + p1), ORDER);
    acc22.intoMemorySegment(ALL, to + (c2 + p2), ORDER);
  }

  /**
   * Two rows.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param bStep bytes of a row of the strip
   * @param init address of what the sums begin from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next, and of what it begins from
   */
  static void rows2(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bStep,
      long init,
      long initStride,
      long c,
      long ldc,
      long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v1), ORDER);
    FloatVector acc12 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v2), ORDER);
    long a1At = rowStride & STRIDE;
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long c1 = (ldc + none) & STRIDE;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + p1), ORDER);
    acc12.intoMemorySegment(ALL, to + (c1 + p2), ORDER);
  }

  /**
   * One row.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
   * @param bStep bytes of a row of the strip
   * @param init address of what the sums begin from
   * @param c address of C's first element
   * @param apart bytes from one vector of C to the next, and of what it begins from
   */
  static void rows1(
      long a, long kStride, int k, long b, long bStep, long init, long c, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long from = init & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
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
   * One row over two strips at once: a third strip gains nothing.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
   * @param bStep bytes of a row of the strip
   * @param bApart bytes from one strip to the next
   * @param init address of what the sums begin from
   * @param c address of C's first element
   * @param apart bytes from one vector of C to the next, and of what it begins from
   * @param cApart bytes in C from one strip to the next
   */
  static void rows1strips2(
      long a,
      long kStride,
      int k,
      long b,
      long bStep,
      long bApart,
      long init,
      long c,
      long apart,
      long cApart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long w0 = cApart & STRIDE;
    long w1 = w0 + v1;
    long w2 = w0 + v2;
    long from = init & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w0, ORDER);
    FloatVector acc04 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w1, ORDER);
    FloatVector acc05 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w2, ORDER);
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      long next = (at + bApart) & MASK;
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, next, ORDER);
      FloatVector b4 = FloatVector.fromMemorySegment(FLOAT, ALL, next + Lanes.BYTES, ORDER);
      FloatVector b5 = FloatVector.fromMemorySegment(FLOAT, ALL, next + 2 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      acc04 = a0.fma(b4, acc04);
      acc05 = a0.fma(b5, acc05);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
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
}
