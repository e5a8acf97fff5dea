package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.MaximumKernel;
import java.lang.foreign.MemorySegment;

/**
 * The larger of two, element by element. Lengths and offsets in elements; thread-safe on disjoint
 * outputs; allocates nothing.
 */
public final class Maximum {

  private static final MaximumKernel KERNEL = Kernels.SELECTED.maximum();

  private Maximum() {}

  /**
   * {@code y = max(a, b)}. NaN in either is NaN, and 0 is above -0.
   *
   * @param n how many elements
   * @param a (n). Not modified unless it is {@code y}.
   * @param aOffset its first element
   * @param b (n). Not modified unless it is {@code y}.
   * @param bOffset its first element
   * @param y (n). Overwritten; may be {@code a} or {@code b} itself, but must not overlap them
   *     otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, a segment is on the heap, or y overlaps
   *     a or b in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long n,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment y,
      long yOffset) {
    Operands.size("Maximum", "n", n);
    long aAt = Operands.input("Maximum", "a", a, aOffset, n);
    long bAt = Operands.input("Maximum", "b", b, bOffset, n);
    long yAt = Operands.output("Maximum", "y", y, yOffset, n);
    Operands.sameOrDisjoint("Maximum", "a", aAt, "y", yAt, n);
    Operands.sameOrDisjoint("Maximum", "b", bAt, "y", yAt, n);
    if (Held.isNeeded(a, b, y)) {
      Held.run(() -> KERNEL.apply(n, a, aOffset, b, bOffset, y, yOffset), a, b, y);
    } else {
      KERNEL.apply(n, a, aOffset, b, bOffset, y, yOffset);
      Held.untilHere(a, b, y);
    }
  }
}
