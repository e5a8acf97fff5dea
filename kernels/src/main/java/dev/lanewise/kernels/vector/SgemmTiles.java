package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels: a tile of C stays in registers while k runs over a strip of B, four vectors a
 * step, and as many elements of A as the tile has rows.
 *
 * <p>The loop runs over the address of B and ends by {@code !=}: C2 does not take it for a counted
 * loop, leaves it as it is written, and keeps every accumulator in a register. A counted loop, or
 * another unrolling, fell to 0.35 of the peak on AVX2.
 *
 * <p>Loads and stores are written out: C2 stops inlining at a count of nodes that only the JDK's
 * own methods are excused from, so that a helper's call late in a body this long stays a call, with
 * its vector boxed on the heap.
 */
final class SgemmTiles {

  /** A strip's row: four vectors. */
  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

  private SgemmTiles() {}

  /**
   * Four rows: 16 accumulators, for 32 registers.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param c address of C's first element, added to; its rows are {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next
   */
  static void rows4(
      long a, long rowStride, long kStride, int k, long b, long c, long ldc, long apart) {
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, c & MASK, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + apart) & MASK, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * apart) & MASK, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * apart) & MASK, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc) & MASK, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc + apart) & MASK, ORDER);
    FloatVector acc12 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc + 2 * apart) & MASK, ORDER);
    FloatVector acc13 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc + 3 * apart) & MASK, ORDER);
    FloatVector acc20 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * ldc) & MASK, ORDER);
    FloatVector acc21 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * ldc + apart) & MASK, ORDER);
    FloatVector acc22 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * ldc + 2 * apart) & MASK, ORDER);
    FloatVector acc23 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * ldc + 3 * apart) & MASK, ORDER);
    FloatVector acc30 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * ldc) & MASK, ORDER);
    FloatVector acc31 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * ldc + apart) & MASK, ORDER);
    FloatVector acc32 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * ldc + 2 * apart) & MASK, ORDER);
    FloatVector acc33 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * ldc + 3 * apart) & MASK, ORDER);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & MASK;
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, columns, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row0 & MASK));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      FloatVector a1 =
          FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, (row0 + rowStride) & MASK));
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      FloatVector a2 =
          FloatVector.broadcast(
              FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, (row0 + 2 * rowStride) & MASK));
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      acc23 = a2.fma(b3, acc23);
      FloatVector a3 =
          FloatVector.broadcast(
              FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, (row0 + 3 * rowStride) & MASK));
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      acc32 = a3.fma(b2, acc32);
      acc33 = a3.fma(b3, acc33);
      row0 += kStride;
    }
    acc00.intoMemorySegment(ALL, c & MASK, ORDER);
    acc01.intoMemorySegment(ALL, (c + apart) & MASK, ORDER);
    acc02.intoMemorySegment(ALL, (c + 2 * apart) & MASK, ORDER);
    acc03.intoMemorySegment(ALL, (c + 3 * apart) & MASK, ORDER);
    acc10.intoMemorySegment(ALL, (c + ldc) & MASK, ORDER);
    acc11.intoMemorySegment(ALL, (c + ldc + apart) & MASK, ORDER);
    acc12.intoMemorySegment(ALL, (c + ldc + 2 * apart) & MASK, ORDER);
    acc13.intoMemorySegment(ALL, (c + ldc + 3 * apart) & MASK, ORDER);
    acc20.intoMemorySegment(ALL, (c + 2 * ldc) & MASK, ORDER);
    acc21.intoMemorySegment(ALL, (c + 2 * ldc + apart) & MASK, ORDER);
    acc22.intoMemorySegment(ALL, (c + 2 * ldc + 2 * apart) & MASK, ORDER);
    acc23.intoMemorySegment(ALL, (c + 2 * ldc + 3 * apart) & MASK, ORDER);
    acc30.intoMemorySegment(ALL, (c + 3 * ldc) & MASK, ORDER);
    acc31.intoMemorySegment(ALL, (c + 3 * ldc + apart) & MASK, ORDER);
    acc32.intoMemorySegment(ALL, (c + 3 * ldc + 2 * apart) & MASK, ORDER);
    acc33.intoMemorySegment(ALL, (c + 3 * ldc + 3 * apart) & MASK, ORDER);
  }

  /**
   * Two rows: 8 accumulators, for 16 registers; as many as two units of four cycles keep busy.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param c address of C's first element, added to; its rows are {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next
   */
  static void rows2(
      long a, long rowStride, long kStride, int k, long b, long c, long ldc, long apart) {
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, c & MASK, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + apart) & MASK, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * apart) & MASK, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * apart) & MASK, ORDER);
    FloatVector acc10 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc) & MASK, ORDER);
    FloatVector acc11 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc + apart) & MASK, ORDER);
    FloatVector acc12 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc + 2 * apart) & MASK, ORDER);
    FloatVector acc13 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + ldc + 3 * apart) & MASK, ORDER);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & MASK;
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, columns, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row0 & MASK));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      FloatVector a1 =
          FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, (row0 + rowStride) & MASK));
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      row0 += kStride;
    }
    acc00.intoMemorySegment(ALL, c & MASK, ORDER);
    acc01.intoMemorySegment(ALL, (c + apart) & MASK, ORDER);
    acc02.intoMemorySegment(ALL, (c + 2 * apart) & MASK, ORDER);
    acc03.intoMemorySegment(ALL, (c + 3 * apart) & MASK, ORDER);
    acc10.intoMemorySegment(ALL, (c + ldc) & MASK, ORDER);
    acc11.intoMemorySegment(ALL, (c + ldc + apart) & MASK, ORDER);
    acc12.intoMemorySegment(ALL, (c + ldc + 2 * apart) & MASK, ORDER);
    acc13.intoMemorySegment(ALL, (c + ldc + 3 * apart) & MASK, ORDER);
  }

  /**
   * One row.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param c address of C's first element, added to; its rows are {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next
   */
  static void rows1(
      long a, long rowStride, long kStride, int k, long b, long c, long ldc, long apart) {
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, c & MASK, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + apart) & MASK, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * apart) & MASK, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * apart) & MASK, ORDER);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & MASK;
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, columns, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row0 & MASK));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      row0 += kStride;
    }
    acc00.intoMemorySegment(ALL, c & MASK, ORDER);
    acc01.intoMemorySegment(ALL, (c + apart) & MASK, ORDER);
    acc02.intoMemorySegment(ALL, (c + 2 * apart) & MASK, ORDER);
    acc03.intoMemorySegment(ALL, (c + 3 * apart) & MASK, ORDER);
  }

  /**
   * One row over two strips at once: eight chains instead of four hide the latency of the
   * additions.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param c address of C's first element, added to; its rows are {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C to the next
   * @param bApart bytes from the first strip to the second
   * @param cApart bytes in C from the first strip to the second
   */
  static void rows1strips2(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bApart,
      long c,
      long ldc,
      long apart,
      long cApart) {
    FloatVector acc00 = FloatVector.fromMemorySegment(FLOAT, ALL, c & MASK, ORDER);
    FloatVector acc01 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + apart) & MASK, ORDER);
    FloatVector acc02 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * apart) & MASK, ORDER);
    FloatVector acc03 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * apart) & MASK, ORDER);
    FloatVector acc04 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + cApart) & MASK, ORDER);
    FloatVector acc05 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + cApart + apart) & MASK, ORDER);
    FloatVector acc06 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + cApart + 2 * apart) & MASK, ORDER);
    FloatVector acc07 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (c + cApart + 3 * apart) & MASK, ORDER);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & MASK;
      FloatVector b0 = FloatVector.fromMemorySegment(FLOAT, ALL, columns, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + Lanes.BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 2 * Lanes.BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(FLOAT, ALL, columns + 3 * Lanes.BYTES, ORDER);
      long more = (at + bApart) & MASK;
      FloatVector b4 = FloatVector.fromMemorySegment(FLOAT, ALL, more, ORDER);
      FloatVector b5 = FloatVector.fromMemorySegment(FLOAT, ALL, more + Lanes.BYTES, ORDER);
      FloatVector b6 = FloatVector.fromMemorySegment(FLOAT, ALL, more + 2 * Lanes.BYTES, ORDER);
      FloatVector b7 = FloatVector.fromMemorySegment(FLOAT, ALL, more + 3 * Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, row0 & MASK));
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      acc04 = a0.fma(b4, acc04);
      acc05 = a0.fma(b5, acc05);
      acc06 = a0.fma(b6, acc06);
      acc07 = a0.fma(b7, acc07);
      row0 += kStride;
    }
    acc00.intoMemorySegment(ALL, c & MASK, ORDER);
    acc01.intoMemorySegment(ALL, (c + apart) & MASK, ORDER);
    acc02.intoMemorySegment(ALL, (c + 2 * apart) & MASK, ORDER);
    acc03.intoMemorySegment(ALL, (c + 3 * apart) & MASK, ORDER);
    acc04.intoMemorySegment(ALL, (c + cApart) & MASK, ORDER);
    acc05.intoMemorySegment(ALL, (c + cApart + apart) & MASK, ORDER);
    acc06.intoMemorySegment(ALL, (c + cApart + 2 * apart) & MASK, ORDER);
    acc07.intoMemorySegment(ALL, (c + cApart + 3 * apart) & MASK, ORDER);
  }
}
