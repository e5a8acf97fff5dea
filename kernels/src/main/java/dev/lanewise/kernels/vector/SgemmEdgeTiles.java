package dev.lanewise.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The micro-kernels of {@link SgemmTiles} for the last strip, where C has fewer columns than the
 * strip: only the loads and stores of C are masked, the loop is the same.
 */
final class SgemmEdgeTiles {

  /** A strip's row: four vectors. */
  private static final long STRIP_BYTES = 4 * Lanes.BYTES;

  private SgemmEdgeTiles() {}

  /**
   * Four rows.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param init address of what C begins from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C, and of {@code init}, to the next
   * @param n0 lanes of each vector that C has; the rest are neither read nor written
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
      long apart,
      int n0,
      int n1,
      int n2,
      int n3) {
    VectorMask<Float> m0 = Lanes.FLOAT.indexInRange(0, n0);
    VectorMask<Float> m1 = Lanes.FLOAT.indexInRange(0, n1);
    VectorMask<Float> m2 = Lanes.FLOAT.indexInRange(0, n2);
    VectorMask<Float> m3 = Lanes.FLOAT.indexInRange(0, n3);
    FloatVector acc00 = Memory.load(init, m0);
    FloatVector acc01 = Memory.load(init + apart, m1);
    FloatVector acc02 = Memory.load(init + 2 * apart, m2);
    FloatVector acc03 = Memory.load(init + 3 * apart, m3);
    FloatVector acc10 = Memory.load(init + initStride, m0);
    FloatVector acc11 = Memory.load(init + initStride + apart, m1);
    FloatVector acc12 = Memory.load(init + initStride + 2 * apart, m2);
    FloatVector acc13 = Memory.load(init + initStride + 3 * apart, m3);
    FloatVector acc20 = Memory.load(init + 2 * initStride, m0);
    FloatVector acc21 = Memory.load(init + 2 * initStride + apart, m1);
    FloatVector acc22 = Memory.load(init + 2 * initStride + 2 * apart, m2);
    FloatVector acc23 = Memory.load(init + 2 * initStride + 3 * apart, m3);
    FloatVector acc30 = Memory.load(init + 3 * initStride, m0);
    FloatVector acc31 = Memory.load(init + 3 * initStride + apart, m1);
    FloatVector acc32 = Memory.load(init + 3 * initStride + 2 * apart, m2);
    FloatVector acc33 = Memory.load(init + 3 * initStride + 3 * apart, m3);
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
    Memory.store(acc00, c, m0);
    Memory.store(acc01, c + apart, m1);
    Memory.store(acc02, c + 2 * apart, m2);
    Memory.store(acc03, c + 3 * apart, m3);
    Memory.store(acc10, c + ldc, m0);
    Memory.store(acc11, c + ldc + apart, m1);
    Memory.store(acc12, c + ldc + 2 * apart, m2);
    Memory.store(acc13, c + ldc + 3 * apart, m3);
    Memory.store(acc20, c + 2 * ldc, m0);
    Memory.store(acc21, c + 2 * ldc + apart, m1);
    Memory.store(acc22, c + 2 * ldc + 2 * apart, m2);
    Memory.store(acc23, c + 2 * ldc + 3 * apart, m3);
    Memory.store(acc30, c + 3 * ldc, m0);
    Memory.store(acc31, c + 3 * ldc + apart, m1);
    Memory.store(acc32, c + 3 * ldc + 2 * apart, m2);
    Memory.store(acc33, c + 3 * ldc + 3 * apart, m3);
  }

  /**
   * Two rows.
   *
   * @param a address of A's first element, its rows {@code rowStride} and its columns {@code
   *     kStride} bytes apart
   * @param b address of a packed strip
   * @param init address of what C begins from, its rows {@code initStride} bytes apart
   * @param c address of C's first element, its rows {@code ldc} bytes apart
   * @param apart bytes from one vector of a row of C, and of {@code init}, to the next
   * @param n0 lanes of each vector that C has; the rest are neither read nor written
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
      long apart,
      int n0,
      int n1,
      int n2,
      int n3) {
    VectorMask<Float> m0 = Lanes.FLOAT.indexInRange(0, n0);
    VectorMask<Float> m1 = Lanes.FLOAT.indexInRange(0, n1);
    VectorMask<Float> m2 = Lanes.FLOAT.indexInRange(0, n2);
    VectorMask<Float> m3 = Lanes.FLOAT.indexInRange(0, n3);
    FloatVector acc00 = Memory.load(init, m0);
    FloatVector acc01 = Memory.load(init + apart, m1);
    FloatVector acc02 = Memory.load(init + 2 * apart, m2);
    FloatVector acc03 = Memory.load(init + 3 * apart, m3);
    FloatVector acc10 = Memory.load(init + initStride, m0);
    FloatVector acc11 = Memory.load(init + initStride + apart, m1);
    FloatVector acc12 = Memory.load(init + initStride + 2 * apart, m2);
    FloatVector acc13 = Memory.load(init + initStride + 3 * apart, m3);
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
    Memory.store(acc00, c, m0);
    Memory.store(acc01, c + apart, m1);
    Memory.store(acc02, c + 2 * apart, m2);
    Memory.store(acc03, c + 3 * apart, m3);
    Memory.store(acc10, c + ldc, m0);
    Memory.store(acc11, c + ldc + apart, m1);
    Memory.store(acc12, c + ldc + 2 * apart, m2);
    Memory.store(acc13, c + ldc + 3 * apart, m3);
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
   * @param n0 lanes of each vector that C has; the rest are neither read nor written
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
      long apart,
      int n0,
      int n1,
      int n2,
      int n3) {
    VectorMask<Float> m0 = Lanes.FLOAT.indexInRange(0, n0);
    VectorMask<Float> m1 = Lanes.FLOAT.indexInRange(0, n1);
    VectorMask<Float> m2 = Lanes.FLOAT.indexInRange(0, n2);
    VectorMask<Float> m3 = Lanes.FLOAT.indexInRange(0, n3);
    FloatVector acc00 = Memory.load(init, m0);
    FloatVector acc01 = Memory.load(init + apart, m1);
    FloatVector acc02 = Memory.load(init + 2 * apart, m2);
    FloatVector acc03 = Memory.load(init + 3 * apart, m3);
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
    Memory.store(acc00, c, m0);
    Memory.store(acc01, c + apart, m1);
    Memory.store(acc02, c + 2 * apart, m2);
    Memory.store(acc03, c + 3 * apart, m3);
  }
}
