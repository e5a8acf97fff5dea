package dev.lanewise.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The machine's ceiling for arithmetic: fused multiply-adds that touch registers only, at the width
 * the kernels use.
 */
final class Peak {

  private static final int BITS =
      Integer.getInteger(
          "dev.lanewise.kernels.bits", FloatVector.SPECIES_PREFERRED.vectorBitSize());
  private static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, jdk.incubator.vector.VectorShape.forBitSize(BITS));

  /** Independent chains: two units of four cycles each want eight, and two more hide the loop. */
  private static final int CHAINS = 10;

  /**
   * The loop is written out so far that the method is too long to be inlined: in a caller's
   * compilation it has run at half the rate.
   */
  private static final int UNROLLED = 4;

  private Peak() {}

  /** The width in bits. */
  static int bits() {
    return BITS;
  }

  /** Floating-point operations of {@link #run}. */
  static double flops(int turns) {
    return 2.0 * CHAINS * SPECIES.length() * turns;
  }

  /** Runs {@code turns} turns, a multiple of 4; returns something that depends on them all. */
  static float run(int turns, float seed) {
    FloatVector a = FloatVector.broadcast(SPECIES, seed);
    FloatVector b = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector c0 = a;
    FloatVector c1 = a;
    FloatVector c2 = a;
    FloatVector c3 = a;
    FloatVector c4 = a;
    FloatVector c5 = a;
    FloatVector c6 = a;
    FloatVector c7 = a;
    FloatVector c8 = a;
    FloatVector c9 = a;
    for (int i = 0; i < turns; i += UNROLLED) {
      c0 = c0.fma(b, a);
      c1 = c1.fma(b, a);
      c2 = c2.fma(b, a);
      c3 = c3.fma(b, a);
      c4 = c4.fma(b, a);
      c5 = c5.fma(b, a);
      c6 = c6.fma(b, a);
      c7 = c7.fma(b, a);
      c8 = c8.fma(b, a);
      c9 = c9.fma(b, a);
      c0 = c0.fma(b, a);
      c1 = c1.fma(b, a);
      c2 = c2.fma(b, a);
      c3 = c3.fma(b, a);
      c4 = c4.fma(b, a);
      c5 = c5.fma(b, a);
      c6 = c6.fma(b, a);
      c7 = c7.fma(b, a);
      c8 = c8.fma(b, a);
      c9 = c9.fma(b, a);
      c0 = c0.fma(b, a);
      c1 = c1.fma(b, a);
      c2 = c2.fma(b, a);
      c3 = c3.fma(b, a);
      c4 = c4.fma(b, a);
      c5 = c5.fma(b, a);
      c6 = c6.fma(b, a);
      c7 = c7.fma(b, a);
      c8 = c8.fma(b, a);
      c9 = c9.fma(b, a);
      c0 = c0.fma(b, a);
      c1 = c1.fma(b, a);
      c2 = c2.fma(b, a);
      c3 = c3.fma(b, a);
      c4 = c4.fma(b, a);
      c5 = c5.fma(b, a);
      c6 = c6.fma(b, a);
      c7 = c7.fma(b, a);
      c8 = c8.fma(b, a);
      c9 = c9.fma(b, a);
    }
    FloatVector left = c0.add(c1).add(c2).add(c3).add(c4);
    FloatVector right = c5.add(c6).add(c7).add(c8).add(c9);
    return left.add(right).lane(0);
  }
}
