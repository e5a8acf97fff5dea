package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.AddSignKernel;
import java.lang.foreign.MemorySegment;

/**
 * Adds signs, scaled: the gradient of a sum of absolute values. Lengths and offsets in elements;
 * thread-safe on disjoint outputs; allocates nothing.
 */
public final class AddSign {

  private static final AddSignKernel KERNEL = Kernels.SELECTED.addSign();

  private AddSign() {}

  /**
   * {@code y += alpha * sign(x)}, where the sign of 0 is 0 and that of NaN is NaN.
   *
   * @param n how many elements
   * @param alpha the factor
   * @param x (n). Not modified unless it is {@code y}.
   * @param xOffset its first element
   * @param y (n). Accumulated into; may be {@code x} itself, but must not overlap it otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, a segment is on the heap, or x and y
   *     overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long n, float alpha, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    Operands.size("AddSign", "n", n);
    long xAt = Operands.input("AddSign", "x", x, xOffset, n);
    long yAt = Operands.output("AddSign", "y", y, yOffset, n);
    Operands.sameOrDisjoint("AddSign", "x", xAt, "y", yAt, n);
    if (Held.isNeeded(x, y)) {
      Held.run(() -> KERNEL.apply(n, alpha, x, xOffset, y, yOffset), x, y);
    } else {
      KERNEL.apply(n, alpha, x, xOffset, y, yOffset);
      Held.untilHere(x, y);
    }
  }
}
