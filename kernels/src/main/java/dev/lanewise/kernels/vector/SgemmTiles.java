package dev.lanewise.kernels.vector;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels: a tile of C stays in registers while k runs over a strip of B, four vectors a
 * step, and as many elements of A as the tile has rows.
 *
 * <p>The loop runs over the address of B and ends by {@code !=}: C2 does not take it for a counted
 * loop, leaves it as it is written, and keeps every accumulator in a register. A counted loop, or
 * another unrolling, fell to 0.35 of the peak on AVX2.
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
   * @param init address of what C begins from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C, and of {@code init}, to the next
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
    FloatVector acc00 = Memory.load(init);
    FloatVector acc01 = Memory.load(init + apart);
    FloatVector acc02 = Memory.load(init + 2 * apart);
    FloatVector acc03 = Memory.load(init + 3 * apart);
    FloatVector acc10 = Memory.load(init + initStride);
    FloatVector acc11 = Memory.load(init + initStride + apart);
    FloatVector acc12 = Memory.load(init + initStride + 2 * apart);
    FloatVector acc13 = Memory.load(init + initStride + 3 * apart);
    FloatVector acc20 = Memory.load(init + 2 * initStride);
    FloatVector acc21 = Memory.load(init + 2 * initStride + apart);
    FloatVector acc22 = Memory.load(init + 2 * initStride + 2 * apart);
    FloatVector acc23 = Memory.load(init + 2 * initStride + 3 * apart);
    FloatVector acc30 = Memory.load(init + 3 * initStride);
    FloatVector acc31 = Memory.load(init + 3 * initStride + apart);
    FloatVector acc32 = Memory.load(init + 3 * initStride + 2 * apart);
    FloatVector acc33 = Memory.load(init + 3 * initStride + 3 * apart);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & Memory.MASK;
      FloatVector b0 =
          FloatVector.fromMemorySegment(Lanes.FLOAT, Memory.ALL, columns, Memory.ORDER);
      FloatVector b1 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + Lanes.BYTES, Memory.ORDER);
      FloatVector b2 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 2 * Lanes.BYTES, Memory.ORDER);
      FloatVector b3 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 3 * Lanes.BYTES, Memory.ORDER);
      FloatVector a0 = Memory.broadcast(row0);
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      FloatVector a1 = Memory.broadcast(row0 + rowStride);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      FloatVector a2 = Memory.broadcast(row0 + 2 * rowStride);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      acc23 = a2.fma(b3, acc23);
      FloatVector a3 = Memory.broadcast(row0 + 3 * rowStride);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      acc32 = a3.fma(b2, acc32);
      acc33 = a3.fma(b3, acc33);
      row0 += kStride;
    }
    Memory.store(acc00, c);
    Memory.store(acc01, c + apart);
    Memory.store(acc02, c + 2 * apart);
    Memory.store(acc03, c + 3 * apart);
    Memory.store(acc10, c + ldc);
    Memory.store(acc11, c + ldc + apart);
    Memory.store(acc12, c + ldc + 2 * apart);
    Memory.store(acc13, c + ldc + 3 * apart);
    Memory.store(acc20, c + 2 * ldc);
    Memory.store(acc21, c + 2 * ldc + apart);
    Memory.store(acc22, c + 2 * ldc + 2 * apart);
    Memory.store(acc23, c + 2 * ldc + 3 * apart);
    Memory.store(acc30, c + 3 * ldc);
    Memory.store(acc31, c + 3 * ldc + apart);
    Memory.store(acc32, c + 3 * ldc + 2 * apart);
    Memory.store(acc33, c + 3 * ldc + 3 * apart);
  }

  /**
   * Two rows: 8 accumulators, for 16 registers; as many as two units of four cycles keep busy.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param init address of what C begins from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C, and of {@code init}, to the next
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
    FloatVector acc00 = Memory.load(init);
    FloatVector acc01 = Memory.load(init + apart);
    FloatVector acc02 = Memory.load(init + 2 * apart);
    FloatVector acc03 = Memory.load(init + 3 * apart);
    FloatVector acc10 = Memory.load(init + initStride);
    FloatVector acc11 = Memory.load(init + initStride + apart);
    FloatVector acc12 = Memory.load(init + initStride + 2 * apart);
    FloatVector acc13 = Memory.load(init + initStride + 3 * apart);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & Memory.MASK;
      FloatVector b0 =
          FloatVector.fromMemorySegment(Lanes.FLOAT, Memory.ALL, columns, Memory.ORDER);
      FloatVector b1 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + Lanes.BYTES, Memory.ORDER);
      FloatVector b2 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 2 * Lanes.BYTES, Memory.ORDER);
      FloatVector b3 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 3 * Lanes.BYTES, Memory.ORDER);
      FloatVector a0 = Memory.broadcast(row0);
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      FloatVector a1 = Memory.broadcast(row0 + rowStride);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      row0 += kStride;
    }
    Memory.store(acc00, c);
    Memory.store(acc01, c + apart);
    Memory.store(acc02, c + 2 * apart);
    Memory.store(acc03, c + 3 * apart);
    Memory.store(acc10, c + ldc);
    Memory.store(acc11, c + ldc + apart);
    Memory.store(acc12, c + ldc + 2 * apart);
    Memory.store(acc13, c + ldc + 3 * apart);
  }

  /**
   * One row.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param init address of what C begins from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C, and of {@code init}, to the next
   */
  static void rows1(
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
    FloatVector acc00 = Memory.load(init);
    FloatVector acc01 = Memory.load(init + apart);
    FloatVector acc02 = Memory.load(init + 2 * apart);
    FloatVector acc03 = Memory.load(init + 3 * apart);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & Memory.MASK;
      FloatVector b0 =
          FloatVector.fromMemorySegment(Lanes.FLOAT, Memory.ALL, columns, Memory.ORDER);
      FloatVector b1 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + Lanes.BYTES, Memory.ORDER);
      FloatVector b2 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 2 * Lanes.BYTES, Memory.ORDER);
      FloatVector b3 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 3 * Lanes.BYTES, Memory.ORDER);
      FloatVector a0 = Memory.broadcast(row0);
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      row0 += kStride;
    }
    Memory.store(acc00, c);
    Memory.store(acc01, c + apart);
    Memory.store(acc02, c + 2 * apart);
    Memory.store(acc03, c + 3 * apart);
  }

  /**
   * One row over two strips at once: eight chains instead of four hide the latency of the
   * additions.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param init address of what C begins from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C, and of {@code init}, to the next
   * @param bApart bytes from the first strip to the second
   * @param cApart bytes in C, and in {@code init}, from the first strip to the second
   */
  static void rows1strips2(
      long a,
      long rowStride,
      long kStride,
      int k,
      long b,
      long bApart,
      long init,
      long initStride,
      long c,
      long ldc,
      long apart,
      long cApart) {
    FloatVector acc00 = Memory.load(init);
    FloatVector acc01 = Memory.load(init + apart);
    FloatVector acc02 = Memory.load(init + 2 * apart);
    FloatVector acc03 = Memory.load(init + 3 * apart);
    FloatVector acc04 = Memory.load(init + cApart);
    FloatVector acc05 = Memory.load(init + cApart + apart);
    FloatVector acc06 = Memory.load(init + cApart + 2 * apart);
    FloatVector acc07 = Memory.load(init + cApart + 3 * apart);
    long end = b + k * STRIP_BYTES;
    long row0 = a;
    for (long at = b; at != end; at += STRIP_BYTES) {
      long columns = at & Memory.MASK;
      FloatVector b0 =
          FloatVector.fromMemorySegment(Lanes.FLOAT, Memory.ALL, columns, Memory.ORDER);
      FloatVector b1 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + Lanes.BYTES, Memory.ORDER);
      FloatVector b2 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 2 * Lanes.BYTES, Memory.ORDER);
      FloatVector b3 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, columns + 3 * Lanes.BYTES, Memory.ORDER);
      long more = (at + bApart) & Memory.MASK;
      FloatVector b4 = FloatVector.fromMemorySegment(Lanes.FLOAT, Memory.ALL, more, Memory.ORDER);
      FloatVector b5 =
          FloatVector.fromMemorySegment(Lanes.FLOAT, Memory.ALL, more + Lanes.BYTES, Memory.ORDER);
      FloatVector b6 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, more + 2 * Lanes.BYTES, Memory.ORDER);
      FloatVector b7 =
          FloatVector.fromMemorySegment(
              Lanes.FLOAT, Memory.ALL, more + 3 * Lanes.BYTES, Memory.ORDER);
      FloatVector a0 = Memory.broadcast(row0);
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
    Memory.store(acc00, c);
    Memory.store(acc01, c + apart);
    Memory.store(acc02, c + 2 * apart);
    Memory.store(acc03, c + 3 * apart);
    Memory.store(acc04, c + cApart);
    Memory.store(acc05, c + cApart + apart);
    Memory.store(acc06, c + cApart + 2 * apart);
    Memory.store(acc07, c + cApart + 3 * apart);
  }
}
