package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes a block of 4 x 4 elements in registers, as one does a matrix of blocks. It swaps the
 * two off-diagonal quarters, then those of each quarter, down to single elements.
 */
final class Transpose4x4 {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_128;
  private static final VectorShuffle<Float> SWAP2 = swap(2);
  private static final VectorMask<Float> UPPER2 = upper(2);
  private static final VectorShuffle<Float> SWAP1 = swap(1);
  private static final VectorMask<Float> UPPER1 = upper(1);

  private Transpose4x4() {}

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
      FloatVector s0 = r0.blend(r2.rearrange(SWAP2), UPPER2);
      FloatVector s2 = r0.rearrange(SWAP2).blend(r2, UPPER2);
      FloatVector s1 = r1.blend(r3.rearrange(SWAP2), UPPER2);
      FloatVector s3 = r1.rearrange(SWAP2).blend(r3, UPPER2);
      FloatVector t0 = s0.blend(s1.rearrange(SWAP1), UPPER1);
      FloatVector t1 = s0.rearrange(SWAP1).blend(s1, UPPER1);
      FloatVector t2 = s2.blend(s3.rearrange(SWAP1), UPPER1);
      FloatVector t3 = s2.rearrange(SWAP1).blend(s3, UPPER1);
      t0.intoMemorySegment(ALL, out & MASK, ORDER);
      t1.intoMemorySegment(ALL, (out + ldTo) & MASK, ORDER);
      t2.intoMemorySegment(ALL, (out + 2 * ldTo) & MASK, ORDER);
      t3.intoMemorySegment(ALL, (out + 3 * ldTo) & MASK, ORDER);
      at += step;
      out += stepTo;
    }
  }
}
