package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Lanes.INT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.kernels.contract.Int8Strips;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Strips of bytes: a load gives four vectors of weights, each by shifts that extend its sign, a
 * conversion and a multiplication by its columns' scales. Written as {@link SgemmTiles} is, and for
 * its reasons.
 */
final class Int8Tiles implements NarrowTiles {

  /** A strip's row: one vector. */
  private static final long ROW_BYTES = Lanes.BYTES;

  private static final long SCALES_BYTES = Int8Strips.scales(Lanes.COUNT);

  @Override
  public long stripBytes(int k) {
    return Int8Strips.bytes(k, Lanes.COUNT);
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
    Int8Strips.pack(k, n, blocks, Lanes.COUNT, b, bOffset, rowStride, columnStride, packed);
  }

  /** Strip by strip: unpacking takes longer than the latency of four chains. */
  @Override
  public void row(
      long a, long kStride, int k, long b, int strips, long c, long apart, long cApart) {
    long bApart = stripBytes(k);
    for (int strip = 0; strip < strips; strip++) {
      row1(a, kStride, k, b + strip * bApart, c + strip * cApart, apart);
    }
  }

  @Override
  public void expand(long b, int from, int steps, long to) {
    widen(b, b + SCALES_BYTES + from * ROW_BYTES, steps, to);
  }

  private static void row1(long a, long kStride, int k, long b, long c, long apart) {
    FloatVector s0 = FloatVector.fromMemorySegment(FLOAT, ALL, b & MASK, ORDER);
    FloatVector s1 = FloatVector.fromMemorySegment(FLOAT, ALL, (b + Lanes.BYTES) & MASK, ORDER);
    FloatVector s2 = FloatVector.fromMemorySegment(FLOAT, ALL, (b + 2 * Lanes.BYTES) & MASK, ORDER);
    FloatVector s3 = FloatVector.fromMemorySegment(FLOAT, ALL, (b + 3 * Lanes.BYTES) & MASK, ORDER);
    FloatVector acc0 = FloatVector.fromMemorySegment(FLOAT, ALL, c & MASK, ORDER);
    FloatVector acc1 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + apart) & MASK, ORDER);
    FloatVector acc2 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 2 * apart) & MASK, ORDER);
    FloatVector acc3 = FloatVector.fromMemorySegment(FLOAT, ALL, (c + 3 * apart) & MASK, ORDER);
    long begin = b + SCALES_BYTES;
    long end = begin + k * ROW_BYTES;
    long left = a;
    for (long at = begin; at != end; at += ROW_BYTES) {
      IntVector q = IntVector.fromMemorySegment(INT, ALL, at & MASK, ORDER);
      IntVector q0 = q.lanewise(VectorOperators.LSHL, 24).lanewise(VectorOperators.ASHR, 24);
      IntVector q1 = q.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 24);
      IntVector q2 = q.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 24);
      IntVector q3 = q.lanewise(VectorOperators.ASHR, 24);
      FloatVector b0 = ((FloatVector) q0.convert(VectorOperators.I2F, 0)).mul(s0);
      FloatVector b1 = ((FloatVector) q1.convert(VectorOperators.I2F, 0)).mul(s1);
      FloatVector b2 = ((FloatVector) q2.convert(VectorOperators.I2F, 0)).mul(s2);
      FloatVector b3 = ((FloatVector) q3.convert(VectorOperators.I2F, 0)).mul(s3);
      FloatVector a0 = FloatVector.broadcast(FLOAT, ALL.get(JAVA_FLOAT_UNALIGNED, left & MASK));
      acc0 = a0.fma(b0, acc0);
      acc1 = a0.fma(b1, acc1);
      acc2 = a0.fma(b2, acc2);
      acc3 = a0.fma(b3, acc3);
      left += kStride;
    }
    acc0.intoMemorySegment(ALL, c & MASK, ORDER);
    acc1.intoMemorySegment(ALL, (c + apart) & MASK, ORDER);
    acc2.intoMemorySegment(ALL, (c + 2 * apart) & MASK, ORDER);
    acc3.intoMemorySegment(ALL, (c + 3 * apart) & MASK, ORDER);
  }

  private static void widen(long scales, long b, int steps, long to) {
    FloatVector s0 = FloatVector.fromMemorySegment(FLOAT, ALL, scales & MASK, ORDER);
    FloatVector s1 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (scales + Lanes.BYTES) & MASK, ORDER);
    FloatVector s2 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (scales + 2 * Lanes.BYTES) & MASK, ORDER);
    FloatVector s3 =
        FloatVector.fromMemorySegment(FLOAT, ALL, (scales + 3 * Lanes.BYTES) & MASK, ORDER);
    long end = b + steps * ROW_BYTES;
    long into = to;
    for (long at = b; at != end; at += ROW_BYTES) {
      IntVector q = IntVector.fromMemorySegment(INT, ALL, at & MASK, ORDER);
      IntVector q0 = q.lanewise(VectorOperators.LSHL, 24).lanewise(VectorOperators.ASHR, 24);
      IntVector q1 = q.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 24);
      IntVector q2 = q.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 24);
      IntVector q3 = q.lanewise(VectorOperators.ASHR, 24);
      ((FloatVector) q0.convert(VectorOperators.I2F, 0))
          .mul(s0)
          .intoMemorySegment(ALL, into & MASK, ORDER);
      ((FloatVector) q1.convert(VectorOperators.I2F, 0))
          .mul(s1)
          .intoMemorySegment(ALL, (into + Lanes.BYTES) & MASK, ORDER);
      ((FloatVector) q2.convert(VectorOperators.I2F, 0))
          .mul(s2)
          .intoMemorySegment(ALL, (into + 2 * Lanes.BYTES) & MASK, ORDER);
      ((FloatVector) q3.convert(VectorOperators.I2F, 0))
          .mul(s3)
          .intoMemorySegment(ALL, (into + 3 * Lanes.BYTES) & MASK, ORDER);
      into += 4 * Lanes.BYTES;
    }
  }
}
