package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes a block of 8 x 8 elements in registers, as one does a matrix of blocks. It swaps the
 * two off-diagonal quarters, then those of each quarter, down to single elements.
 */
final class Transpose8x8 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  private static final VectorShuffle<Float> SWAP4 = swap(4);
  private static final VectorMask<Float> UPPER4 = upper(4);
  private static final VectorShuffle<Float> SWAP2 = swap(2);
  private static final VectorMask<Float> UPPER2 = upper(2);
  private static final VectorShuffle<Float> SWAP1 = swap(1);
  private static final VectorMask<Float> UPPER1 = upper(1);

  private Transpose8x8() {}

  /** Swaps neighbours that lie so far apart. */
  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> lane ^ distance);
  }

  /** The lanes that are the upper of two such neighbours. */
  private static VectorMask<Float> upper(int distance) {
    boolean[] upper = new boolean[SPECIES.length()];
    for (int lane = 0; lane < upper.length; lane++) {
      upper[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(SPECIES, upper, 0);
  }

  /**
   * So many blocks from one address to another; rows lie {@code ld} and {@code ldTo}, blocks {@code
   * step} and {@code stepTo} bytes apart.
   */
  static void apply(long blocks, long from, long ld, long step, long to, long ldTo, long stepTo) {
    long at = from;
    long out = to;
    for (long block = 0; block < blocks; block++) {
      FloatVector r0 = FloatVector.fromMemorySegment(SPECIES, ALL, at & MASK, ORDER);
      FloatVector r1 = FloatVector.fromMemorySegment(SPECIES, ALL, (at + ld) & MASK, ORDER);
      FloatVector r2 = FloatVector.fromMemorySegment(SPECIES, ALL, (at + 2 * ld) & MASK, ORDER);
      FloatVector r3 = FloatVector.fromMemorySegment(SPECIES, ALL, (at + 3 * ld) & MASK, ORDER);
      FloatVector r4 = FloatVector.fromMemorySegment(SPECIES, ALL, (at + 4 * ld) & MASK, ORDER);
      FloatVector r5 = FloatVector.fromMemorySegment(SPECIES, ALL, (at + 5 * ld) & MASK, ORDER);
      FloatVector r6 = FloatVector.fromMemorySegment(SPECIES, ALL, (at + 6 * ld) & MASK, ORDER);
      FloatVector r7 = FloatVector.fromMemorySegment(SPECIES, ALL, (at + 7 * ld) & MASK, ORDER);
      FloatVector s0 = r0.blend(r4.rearrange(SWAP4), UPPER4);
      FloatVector s4 = r0.rearrange(SWAP4).blend(r4, UPPER4);
      FloatVector s1 = r1.blend(r5.rearrange(SWAP4), UPPER4);
      FloatVector s5 = r1.rearrange(SWAP4).blend(r5, UPPER4);
      FloatVector s2 = r2.blend(r6.rearrange(SWAP4), UPPER4);
      FloatVector s6 = r2.rearrange(SWAP4).blend(r6, UPPER4);
      FloatVector s3 = r3.blend(r7.rearrange(SWAP4), UPPER4);
      FloatVector s7 = r3.rearrange(SWAP4).blend(r7, UPPER4);
      FloatVector t0 = s0.blend(s2.rearrange(SWAP2), UPPER2);
      FloatVector t2 = s0.rearrange(SWAP2).blend(s2, UPPER2);
      FloatVector t1 = s1.blend(s3.rearrange(SWAP2), UPPER2);
      FloatVector t3 = s1.rearrange(SWAP2).blend(s3, UPPER2);
      FloatVector t4 = s4.blend(s6.rearrange(SWAP2), UPPER2);
      FloatVector t6 = s4.rearrange(SWAP2).blend(s6, UPPER2);
      FloatVector t5 = s5.blend(s7.rearrange(SWAP2), UPPER2);
      FloatVector t7 = s5.rearrange(SWAP2).blend(s7, UPPER2);
      FloatVector u0 = t0.blend(t1.rearrange(SWAP1), UPPER1);
      FloatVector u1 = t0.rearrange(SWAP1).blend(t1, UPPER1);
      FloatVector u2 = t2.blend(t3.rearrange(SWAP1), UPPER1);
      FloatVector u3 = t2.rearrange(SWAP1).blend(t3, UPPER1);
      FloatVector u4 = t4.blend(t5.rearrange(SWAP1), UPPER1);
      FloatVector u5 = t4.rearrange(SWAP1).blend(t5, UPPER1);
      FloatVector u6 = t6.blend(t7.rearrange(SWAP1), UPPER1);
      FloatVector u7 = t6.rearrange(SWAP1).blend(t7, UPPER1);
      u0.intoMemorySegment(ALL, out & MASK, ORDER);
      u1.intoMemorySegment(ALL, (out + ldTo) & MASK, ORDER);
      u2.intoMemorySegment(ALL, (out + 2 * ldTo) & MASK, ORDER);
      u3.intoMemorySegment(ALL, (out + 3 * ldTo) & MASK, ORDER);
      u4.intoMemorySegment(ALL, (out + 4 * ldTo) & MASK, ORDER);
      u5.intoMemorySegment(ALL, (out + 5 * ldTo) & MASK, ORDER);
      u6.intoMemorySegment(ALL, (out + 6 * ldTo) & MASK, ORDER);
      u7.intoMemorySegment(ALL, (out + 7 * ldTo) & MASK, ORDER);
      at += step;
      out += stepTo;
    }
  }
}
