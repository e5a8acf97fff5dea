package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ScaleKernel;
import java.lang.foreign.MemorySegment;

/**
 * A product by one number. Lengths and offsets in elements; thread-safe on disjoint outputs;
 * allocates nothing.
 */
public final class Scale {

  private static final ScaleKernel KERNEL = Kernels.SELECTED.scale();

  private Scale() {}

  /**
   * {@code y = alpha * x}.
   *
   * @param n how many elements
   * @param alpha the factor
   * @param x (n). Not modified unless it is {@code y}.
   * @param xOffset its first element
   * @param y (n). Overwritten; may be {@code x} itself, but must not overlap it otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, a segment is on the heap, or x and y
   *     overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    Operands.size("Scale", "n", n);
    long xAt = Operands.input("Scale", "x", x, xOffset, n);
    long yAt = Operands.output("Scale", "y", y, yOffset, n);
    Operands.sameOrDisjoint("Scale", "x", xAt, "y", yAt, n);
    if (Held.isNeeded(x, y)) {
      Held.run(() -> KERNEL.apply(n, alpha, x, xOffset, y, yOffset), x, y);
    } else {
      KERNEL.apply(n, alpha, x, xOffset, y, yOffset);
      Held.untilHere(x, y);
    }
  }
}
