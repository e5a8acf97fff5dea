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
 * The tiles of {@link SgemmTiles} over the first vectors of a last strip that is filled in part,
 * one beside the other in C. They take as many rows as make eight chains of additions, which keep
 * two units of four cycles busy.
 *
 * <p>Written by {@code TileFile} of the tests: change the text there, not here.
 */
final class SgemmEndTiles {

  private SgemmEndTiles() {}

  /**
   * Four rows of two vectors: 8 accumulators, for 16 registers.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip, of whose vectors the first are taken
   * @param bStep bytes of a row of the strip
   * @param init address of what the sums begin from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   */
  static void rows4vectors2(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bStep,
      long init,
      long initStride,
      long c,
      long ldc) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    long i2 = 2 * i1;
    long i3 = 3 * i1;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + Lanes.BYTES, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + Lanes.BYTES), ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i2, ORDER);
    FloatVector acc21 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + Lanes.BYTES), ORDER);
    FloatVector acc30 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i3, ORDER);
    FloatVector acc31 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + Lanes.BYTES), ORDER);
    long a1At = rowStride & STRIDE;
    long a2At = 2 * a1At;
    long a3At = 3 * a1At;
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      FloatVector a2 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a2At));
      FloatVector a3 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a3At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long c1 = (ldc + none) & STRIDE;
    long c2 = 2 * c1;
    long c3 = 3 * c1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + Lanes.BYTES, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + Lanes.BYTES), ORDER);
    acc20.intoMemorySegment(ALL, to + c2, ORDER);
    acc21.intoMemorySegment(ALL, to + (c2 + Lanes.BYTES), ORDER);
    acc30.intoMemorySegment(ALL, to + c3, ORDER);
    acc31.intoMemorySegment(ALL, to + (c3 + Lanes.BYTES), ORDER);
  }

  /**
   * Eight rows of a vector: 8 accumulators, for 32 registers.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip, of whose vectors the first are taken
   * @param bStep bytes of a row of the strip
   * @param init address of what the sums begin from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   */
  static void rows8vector1(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bStep,
      long init,
      long initStride,
      long c,
      long ldc) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    long i2 = 2 * i1;
    long i3 = 3 * i1;
    long i4 = 4 * i1;
    long i5 = 5 * i1;
    long i6 = 6 * i1;
    long i7 = 7 * i1;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i2, ORDER);
    FloatVector acc30 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i3, ORDER);
    FloatVector acc40 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i4, ORDER);
    FloatVector acc50 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i5, ORDER);
    FloatVector acc60 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i6, ORDER);
    FloatVector acc70 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i7, ORDER);
    long a1At = rowStride & STRIDE;
    long a2At = 2 * a1At;
    long a3At = 3 * a1At;
    long a4At = 4 * a1At;
    long a5At = 5 * a1At;
    long a6At = 6 * a1At;
    long a7At = 7 * a1At;
    long end = (b & MASK) + k * bStep;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      FloatVector a2 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a2At));
      FloatVector a3 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a3At));
      FloatVector a4 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a4At));
      FloatVector a5 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a5At));
      FloatVector a6 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a6At));
      FloatVector a7 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a7At));
      acc00 = a0.fma(b0, acc00);
      acc10 = a1.fma(b0, acc10);
      acc20 = a2.fma(b0, acc20);
      acc30 = a3.fma(b0, acc30);
      acc40 = a4.fma(b0, acc40);
      acc50 = a5.fma(b0, acc50);
      acc60 = a6.fma(b0, acc60);
      acc70 = a7.fma(b0, acc70);
      row = (row + kStride) & MASK;
      at = (at + bStep) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long c1 = (ldc + none) & STRIDE;
    long c2 = 2 * c1;
    long c3 = 3 * c1;
    long c4 = 4 * c1;
    long c5 = 5 * c1;
    long c6 = 6 * c1;
    long c7 = 7 * c1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc20.intoMemorySegment(ALL, to + c2, ORDER);
    acc30.intoMemorySegment(ALL, to + c3, ORDER);
    acc40.intoMemorySegment(ALL, to + c4, ORDER);
    acc50.intoMemorySegment(ALL, to + c5, ORDER);
    acc60.intoMemorySegment(ALL, to + c6, ORDER);
    acc70.intoMemorySegment(ALL, to + c7, ORDER);
  }
}
