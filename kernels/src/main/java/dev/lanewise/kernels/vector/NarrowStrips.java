package dev.lanewise.kernels.vector;

import dev.lanewise.kernels.contract.PackedStrips;
import java.lang.foreign.MemorySegment;

/**
 * What a product needs to know of packed strips whose weights are narrower than floats. They are
 * four vectors wide, of which the last is padding where C has three.
 */
interface NarrowStrips {

  /** Bytes of a strip of {@code k} steps. */
  long stripBytes(int k);

  /** Packs: see {@code SgemmKernel.pack}. */
  void pack(PackedStrips to, MemorySegment b, long bOffset, long rowStride, long columnStride);

  /**
   * One row of A by strips side by side, added to C. Reads the weights as they are.
   *
   * @param a address of the row's first element, its elements {@code kStride} bytes apart
   * @param b address of the first packed strip
   * @param vectors of a strip in C: 3 or 4
   * @param strips how many
   * @param c address of C's first element
   * @param apart bytes from one vector of a strip in C to the next
   * @param cApart bytes in C from one strip to the next
   */
  void row(
      long a,
      long kStride,
      int k,
      long b,
      int vectors,
      int strips,
      long c,
      long apart,
      long cApart);

  /**
   * Writes a part of a strip as a strip of floats.
   *
   * @param b address of the packed strip
   * @param from first step
   * @param steps how many
   * @param to address of {@code steps} rows of four vectors
   */
  void expand(long b, int from, int steps, long to);
}
