package dev.lanewise.kernels.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The one width that every vector kernel of this JVM uses. */
final class Lanes {

  static final VectorSpecies<Float> FLOAT = species();
  static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, FLOAT.vectorShape());

  static final VectorSpecies<Double> DOUBLE = VectorSpecies.of(double.class, FLOAT.vectorShape());

  /** As many floats as a vector has doubles. */
  static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(FLOAT.vectorBitSize() / 2));

  /** Lanes in a vector: 4, 8 or 16. */
  static final int COUNT = FLOAT.length();

  /** Bytes in a vector. */
  static final long BYTES = FLOAT.vectorByteSize();

  /** Bytes in a row of a strip of four vectors. */
  static final long STRIP_BYTES = 4 * BYTES;

  /**
   * Whether there are 32 vector registers (AVX-512, NEON) rather than 16 (SSE, AVX2). They have
   * room for a tile of 4 x 4 accumulators, its 4 columns of B and an element of A, instead of 2 x
   * 4. A width of 256 bits is taken for AVX2's and one of 128 for NEON's where they are chosen on a
   * machine that has more. So tests there run what those machines run.
   */
  static final boolean MANY_REGISTERS =
      System.getProperty("os.arch").equals("aarch64")
          || (COUNT != 8 && FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512);

  /** Whether loads and stores under a mask are instructions (AVX-512). */
  static final boolean MASKS = COUNT == 16;

  private Lanes() {}

  /** The width asked for, which is known to be one. */
  private static VectorSpecies<Float> species() {
    String bits = System.getProperty("dev.lanewise.kernels.bits");
    if (bits == null) {
      return FloatVector.SPECIES_PREFERRED;
    }
    return VectorSpecies.of(float.class, VectorShape.forBitSize(Integer.parseInt(bits)));
  }
}
