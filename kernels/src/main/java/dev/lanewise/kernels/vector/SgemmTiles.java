package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Lanes.STRIP_BYTES;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;
import static dev.lanewise.kernels.vector.Memory.STRIDE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.kernels.contract.EmptyTurns;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels: a tile of C stays in registers while k runs over a strip of B, four vectors a
 * step, and as many elements of A as the tile has rows. The sums begin from {@code init}, which may
 * be C.
 *
 * <p>The loop runs over the address of B and ends by {@code !=}: C2 does not take it for a counted
 * loop, leaves it as it is written, and keeps every accumulator in a register. A counted loop, or
 * another unrolling, fell to 0.35 of the peak on AVX2.
 *
 * <p>The fewer instructions a step, the less a busy sibling on the same core can take away. So an
 * address is a masked base plus a masked stride, which C2 folds into the load ({@link
 * Memory#STRIDE}), and C's addresses are made from where the loop ended, or C2 would make all of
 * them before it and carry them through it, on the stack.
 *
 * <p>The elements of A are loaded before the multiplications: their load is the one call in here
 * that C2 is not bound to inline, and past a count of nodes (NodeCountInliningCutoff) it does not.
 * With the last of them below twelve multiplications one launch in ten ran at a fifth of the speed.
 *
 * <p>Loads and stores are written out: C2 stops inlining at a count of nodes that only the JDK's
 * own methods are excused from, so that a helper's call late in a body this long stays a call, with
 * its vector boxed on the heap.
 *
 * <p>Written by {@code TileFile} of the tests: change the text there, not here.
 */
final class SgemmTiles {

  private SgemmTiles() {}

  /**
   * Four rows: 16 accumulators, for 32 registers.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
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
      long init,
      long initStride,
      long c,
      long ldc,
      long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    long i2 = 2 * i1;
    long i3 = 3 * i1;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v1), ORDER);
    FloatVector acc12 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v2), ORDER);
    FloatVector acc13 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v3), ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i2, ORDER);
    FloatVector acc21 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v1), ORDER);
    FloatVector acc22 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v2), ORDER);
    FloatVector acc23 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v3), ORDER);
    FloatVector acc30 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i3, ORDER);
    FloatVector acc31 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + v1), ORDER);
    FloatVector acc32 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + v2), ORDER);
    FloatVector acc33 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i3 + v3), ORDER);
    long a1At = rowStride & STRIDE;
    long a2At = 2 * a1At;
    long a3At = 3 * a1At;
    long end = (b & MASK) + k * STRIP_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      FloatVector a2 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a2At));
      FloatVector a3 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a3At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      acc23 = a2.fma(b3, acc23);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      acc32 = a3.fma(b2, acc32);
      acc33 = a3.fma(b3, acc33);
      row = (row + kStride) & MASK;
      at = (at + STRIP_BYTES) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long p3 = 3 * p1;
    long c1 = (ldc + none) & STRIDE;
    long c2 = 2 * c1;
    long c3 = 3 * c1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc03.intoMemorySegment(ALL, to + p3, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + p1), ORDER);
    acc12.intoMemorySegment(ALL, to + (c1 + p2), ORDER);
    acc13.intoMemorySegment(ALL, to + (c1 + p3), ORDER);
    acc20.intoMemorySegment(ALL, to + c2, ORDER);
    acc21.intoMemorySegment(ALL, to + (c2 + p1), ORDER);
    acc22.intoMemorySegment(ALL, to + (c2 + p2), ORDER);
    acc23.intoMemorySegment(ALL, to + (c2 + p3), ORDER);
    acc30.intoMemorySegment(ALL, to + c3, ORDER);
    acc31.intoMemorySegment(ALL, to + (c3 + p1), ORDER);
    acc32.intoMemorySegment(ALL, to + (c3 + p2), ORDER);
    acc33.intoMemorySegment(ALL, to + (c3 + p3), ORDER);
  }

  /**
   * Three rows, for 32 registers.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
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
      long init,
      long initStride,
      long c,
      long ldc,
      long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    long i2 = 2 * i1;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v1), ORDER);
    FloatVector acc12 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v2), ORDER);
    FloatVector acc13 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v3), ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i2, ORDER);
    FloatVector acc21 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v1), ORDER);
    FloatVector acc22 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v2), ORDER);
    FloatVector acc23 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i2 + v3), ORDER);
    long a1At = rowStride & STRIDE;
    long a2At = 2 * a1At;
    long end = (b & MASK) + k * STRIP_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      FloatVector a2 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a2At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      acc23 = a2.fma(b3, acc23);
      row = (row + kStride) & MASK;
      at = (at + STRIP_BYTES) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long p3 = 3 * p1;
    long c1 = (ldc + none) & STRIDE;
    long c2 = 2 * c1;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc03.intoMemorySegment(ALL, to + p3, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + p1), ORDER);
    acc12.intoMemorySegment(ALL, to + (c1 + p2), ORDER);
    acc13.intoMemorySegment(ALL, to + (c1 + p3), ORDER);
    acc20.intoMemorySegment(ALL, to + c2, ORDER);
    acc21.intoMemorySegment(ALL, to + (c2 + p1), ORDER);
    acc22.intoMemorySegment(ALL, to + (c2 + p2), ORDER);
    acc23.intoMemorySegment(ALL, to + (c2 + p3), ORDER);
  }

  /**
   * Two rows: 8 accumulators, for 16 registers; as many as two units of four cycles keep busy.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
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
      long init,
      long initStride,
      long c,
      long ldc,
      long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long from = init & MASK;
    long i1 = initStride & STRIDE;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, from + i1, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v1), ORDER);
    FloatVector acc12 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v2), ORDER);
    FloatVector acc13 = FloatVector.fromMemorySegment(FLOAT, ALL, from + (i1 + v3), ORDER);
    long a1At = rowStride & STRIDE;
    long end = (b & MASK) + k * STRIP_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      FloatVector a1 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row + a1At));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      row = (row + kStride) & MASK;
      at = (at + STRIP_BYTES) & MASK;
    }
    long none = at - end;
    long to = (c + none) & MASK;
    long p1 = (apart + none) & STRIDE;
    long p2 = 2 * p1;
    long p3 = 3 * p1;
    long c1 = (ldc + none) & STRIDE;
    acc00.intoMemorySegment(ALL, to, ORDER);
    acc01.intoMemorySegment(ALL, to + p1, ORDER);
    acc02.intoMemorySegment(ALL, to + p2, ORDER);
    acc03.intoMemorySegment(ALL, to + p3, ORDER);
    acc10.intoMemorySegment(ALL, to + c1, ORDER);
    acc11.intoMemorySegment(ALL, to + (c1 + p1), ORDER);
    acc12.intoMemorySegment(ALL, to + (c1 + p2), ORDER);
    acc13.intoMemorySegment(ALL, to + (c1 + p3), ORDER);
  }

  /**
   * One row.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
   * @param init address of what the sums begin from
   * @param c address of C's first element
   * @param apart bytes from one vector of C to the next, and of what it begins from
   */
  static void rows1(long a, long kStride, int k, long b, long init, long c, long apart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long from = init & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    long end = (b & MASK) + k * STRIP_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      row = (row + kStride) & MASK;
      at = (at + STRIP_BYTES) & MASK;
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
   * One row over two strips at once: eight chains instead of four hide the latency of the
   * additions.
   *
   * @param a address of A's first element, its columns {@code kStride} bytes apart
   * @param b address of a packed strip
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
      long bApart,
      long init,
      long c,
      long apart,
      long cApart) {
    for (int turn = 0; turn < EmptyTurns.count; turn++) {}
    long v1 = apart & STRIDE;
    long v2 = 2 * v1;
    long v3 = 3 * v1;
    long w0 = cApart & STRIDE;
    long w1 = w0 + v1;
    long w2 = w0 + v2;
    long w3 = w0 + v3;
    long from = init & MASK;
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, from, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v1, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v2, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, from + v3, ORDER);
    FloatVector acc04 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w0, ORDER);
    FloatVector acc05 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w1, ORDER);
    FloatVector acc06 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w2, ORDER);
    FloatVector acc07 = FloatVector.fromMemorySegment(FLOAT, ALL, from + w3, ORDER);
    long end = (b & MASK) + k * STRIP_BYTES;
    long at = b & MASK;
    long row = a & MASK;
    while (at != end) {
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, at, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, at + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, at + 3 * Lanes.BYTES, ORDER);
      long next = (at + bApart) & MASK;
      FloatVector b4 = FloatVector.fromMemorySegment(FLOAT, ALL, next, ORDER);
      FloatVector b5 = FloatVector.fromMemorySegment(FLOAT, ALL, next + Lanes.BYTES, ORDER);
      FloatVector b6 = FloatVector.fromMemorySegment(FLOAT, ALL, next + 2 * Lanes.BYTES, ORDER);
      FloatVector b7 = FloatVector.fromMemorySegment(FLOAT, ALL, next + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      acc04 = a0.fma(b4, acc04);
      acc05 = a0.fma(b5, acc05);
      acc06 = a0.fma(b6, acc06);
      acc07 = a0.fma(b7, acc07);
      row = (row + kStride) & MASK;
      at = (at + STRIP_BYTES) & MASK;
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
}
