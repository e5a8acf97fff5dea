package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.MultiplyKernel;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise product. Lengths and offsets in elements; thread-safe on disjoint outputs;
 * allocates nothing.
 */
public final class Multiply {

  private static final MultiplyKernel KERNEL = Kernels.SELECTED.multiply();

  private Multiply() {}

  /**
   * {@code y = a * b}.
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
    Operands.size("Multiply", "n", n);
    long aAt = Operands.input("Multiply", "a", a, aOffset, n);
    long bAt = Operands.input("Multiply", "b", b, bOffset, n);
    long yAt = Operands.output("Multiply", "y", y, yOffset, n);
    Operands.sameOrDisjoint("Multiply", "a", aAt, "y", yAt, n);
    Operands.sameOrDisjoint("Multiply", "b", bAt, "y", yAt, n);
    if (Held.isNeeded(a, b, y)) {
      Held.run(() -> KERNEL.apply(n, a, aOffset, b, bOffset, y, yOffset), a, b, y);
    } else {
      KERNEL.apply(n, a, aOffset, b, bOffset, y, yOffset);
      Held.untilHere(a, b, y);
    }
  }
}
