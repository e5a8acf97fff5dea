package dev.lanewise.kernels.vector;

/**
 * A sum in sixteen interleaved chains whatever the width: element i joins chain i mod 16. They are
 * one vector at 512 bits, two at 256, four at 128, and lie side by side until they are added up.
 */
final class Chains {

  static final int COUNT = 16;

  static final long BYTES = COUNT * (long) Float.BYTES;

  private Chains() {}

  /** The sum of the chains from an address on, pairwise: 8 apart, then 4, 2 and 1. */
  static float total(long at) {
    return two(at) + two(at + Float.BYTES);
  }

  private static float two(long at) {
    return four(at) + four(at + 2 * Float.BYTES);
  }

  private static float four(long at) {
    return eight(at) + eight(at + 4 * Float.BYTES);
  }

  private static float eight(long at) {
    return Memory.get(at) + Memory.get(at + 8 * Float.BYTES);
  }
}
