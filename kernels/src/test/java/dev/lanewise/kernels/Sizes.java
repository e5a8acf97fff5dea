package dev.lanewise.kernels;

import dev.lanewise.kernels.vector.VectorKernels;
import java.util.stream.IntStream;

/**
 * Lengths at which a vector loop goes wrong first: none, one, parts of a vector, and about one, two
 * and four vectors.
 */
final class Sizes {

  static final int LANES = new VectorKernels().sgemm().lanes();

  private Sizes() {}

  static int[] straddlingLanes() {
    return new int[] {
      0,
      1,
      LANES / 4,
      LANES / 2,
      LANES / 2 + 1,
      LANES - 1,
      LANES,
      LANES + 1,
      2 * LANES + 1,
      4 * LANES - 1,
      4 * LANES,
      4 * LANES + 1,
      103
    };
  }

  /** With one large. */
  static int[] elementwise() {
    return IntStream.concat(IntStream.of(straddlingLanes()), IntStream.of(1021, 100_003)).toArray();
  }
}
