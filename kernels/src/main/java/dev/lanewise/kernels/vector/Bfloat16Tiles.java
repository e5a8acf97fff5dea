package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Lanes.INT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.kernels.contract.Bfloat16Strips;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Strips of bfloat16: a load, a shift and a mask give two vectors of weights. Written as {@link
 * SgemmTiles} is, and for its reasons.
 */
final class Bfloat16Tiles implements NarrowTiles {

  /** A strip's row: two vectors. */
  private static final long ROW_BYTES = 2 * Lanes.BYTES;

  @Override
  public long stripBytes(int k) {
    return Bfloat16Strips.bytes(k, Lanes.COUNT);
  }

  @Override
  public void pack(
      int k,
      int n,
      int blocks,
      MemorySegment b,
      long bOffset,
      long rowStride,
      long columnStride,
      MemorySegment packed) {
    Bfloat16Strips.pack(k, n, blocks, Lanes.COUNT, b, bOffset, rowStride, columnStride, packed);
  }

  @Override
  public void row(
      long a, long kStride, int k, long b, int strips, long c, long apart, long cApart) {
    long bApart = k * ROW_BYTES;
    int strip = 0;
    while (strips - strip > 1) {
      int between = SgemmRow.between(strips - strip, bApart);
      for (int end = strip + between; strip < end; strip++) {
        long from = b + strip * bApart;
        long to = c + strip * cApart;
        row1strips2(a, kStride, k, from, between * bApart, to, apart, between * cApart);
      }
      strip += between;
    }
    if (strip < strips) {
      row1(a, kStride, k, b + strip * bApart, c + strip * cApart, apart);
    }
  }

  @Override
  public void expand(long b, int from, int steps, long to) {
    widen(b + from * ROW_BYTES, steps, to);
  }

  private static void row1(long a, long kStride, int k, long b, long c, long apart) {
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    FloatVector acc0 = FloatVector.fromMemorySegment(FLOAT, ALL, c & MASK, ORDER);
    FloatVector acc1 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + apart) & MASK, ORDER);
    FloatVector acc2 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * apart) & MASK, ORDER);
    FloatVector acc3 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * apart) & MASK, ORDER);
    long end = b + k * ROW_BYTES;
    long left = a;
    for (long at = b; at != end; at += ROW_BYTES) {
      long columns = at & MASK;
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, columns, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, columns + Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, left & MASK));
      acc0 = a0.fma(p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc0);
      acc1 = a0.fma(p0.and(high).reinterpretAsFloats(), acc1);
      acc2 = a0.fma(p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc2);
      acc3 = a0.fma(p1.and(high).reinterpretAsFloats(), acc3);
      left += kStride;
    }
    acc0.intoMemorySegment(ALL, c & MASK, ORDER);
    acc1.intoMemorySegment(ALL, (c + apart) & MASK, ORDER);
    acc2.intoMemorySegment(ALL, (c + 2 * apart) & MASK, ORDER);
    acc3.intoMemorySegment(ALL, (c + 3 * apart) & MASK, ORDER);
  }

  /** Two strips at once: eight chains instead of four hide the latency of the additions. */
  private static void row1strips2(
      long a, long kStride, int k, long b, long bApart, long c, long apart, long cApart) {
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    long d = c + cApart;
    FloatVector acc0 = FloatVector.fromMemorySegment(FLOAT, ALL, c & MASK, ORDER);
    FloatVector acc1 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + apart) & MASK, ORDER);
    FloatVector acc2 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * apart) & MASK, ORDER);
    FloatVector acc3 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * apart) & MASK, ORDER);
    FloatVector acc4 = FloatVector.fromMemorySegment(FLOAT, ALL, d & MASK, ORDER);
    FloatVector acc5 = FloatVector.fromMemorySegment(FLOAT, ALL, (d + apart) & MASK, ORDER);
    FloatVector acc6 = FloatVector.fromMemorySegment(FLOAT, ALL, (d + 2 * apart) & MASK, ORDER);
    FloatVector acc7 = FloatVector.fromMemorySegment(FLOAT, ALL, (d + 3 * apart) & MASK, ORDER);
    long end = b + k * ROW_BYTES;
    long left = a;
    for (long at = b; at != end; at += ROW_BYTES) {
      long columns = at & MASK;
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, columns, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, columns + Lanes.BYTES, ORDER);
      long more = (at + bApart) & MASK;
      IntVector p2 = IntVector.fromMemorySegment(INT, ALL, more, ORDER);
      IntVector p3 = IntVector.fromMemorySegment(INT, ALL, more + Lanes.BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, left & MASK));
      acc0 = a0.fma(p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc0);
      acc1 = a0.fma(p0.and(high).reinterpretAsFloats(), acc1);
      acc2 = a0.fma(p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc2);
      acc3 = a0.fma(p1.and(high).reinterpretAsFloats(), acc3);
      acc4 = a0.fma(p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc4);
      acc5 = a0.fma(p2.and(high).reinterpretAsFloats(), acc5);
      acc6 = a0.fma(p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), acc6);
      acc7 = a0.fma(p3.and(high).reinterpretAsFloats(), acc7);
      left += kStride;
    }
    acc0.intoMemorySegment(ALL, c & MASK, ORDER);
    acc1.intoMemorySegment(ALL, (c + apart) & MASK, ORDER);
    acc2.intoMemorySegment(ALL, (c + 2 * apart) & MASK, ORDER);
    acc3.intoMemorySegment(ALL, (c + 3 * apart) & MASK, ORDER);
    acc4.intoMemorySegment(ALL, d & MASK, ORDER);
    acc5.intoMemorySegment(ALL, (d + apart) & MASK, ORDER);
    acc6.intoMemorySegment(ALL, (d + 2 * apart) & MASK, ORDER);
    acc7.intoMemorySegment(ALL, (d + 3 * apart) & MASK, ORDER);
  }

  private static void widen(long b, int steps, long to) {
    IntVector high = IntVector.broadcast(INT, Bfloat16Strips.HIGH);
    long end = b + steps * ROW_BYTES;
    long into = to;
    for (long at = b; at != end; at += ROW_BYTES) {
      IntVector p0 = IntVector.fromMemorySegment(INT, ALL, at & MASK, ORDER);
      IntVector p1 = IntVector.fromMemorySegment(INT, ALL, (at + Lanes.BYTES) & MASK, ORDER);
      p0.lanewise(VectorOperators.LSHL, 16).intoMemorySegment(ALL, into & MASK, ORDER);
      p0.and(high).intoMemorySegment(ALL, (into + Lanes.BYTES) & MASK, ORDER);
      p1.lanewise(VectorOperators.LSHL, 16)
          .intoMemorySegment(ALL, (into + 2 * Lanes.BYTES) & MASK, ORDER);
      p1.and(high).intoMemorySegment(ALL, (into + 3 * Lanes.BYTES) & MASK, ORDER);
      into += 4 * Lanes.BYTES;
    }
  }
}
