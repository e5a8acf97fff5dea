package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.MemorySegment;

/**
 * The exponential. Lengths and offsets in elements; thread-safe on disjoint outputs; allocates
 * nothing.
 */
public final class Exp {

  private static final ActivationKernel KERNEL = Kernels.SELECTED.exp();

  private Exp() {}

  /**
   * {@code y = e^x}, largest error 1.02 ULP over the whole range; NaN stays NaN.
   *
   * @param n how many elements
   * @param x (n). Not modified unless it is {@code y}.
   * @param xOffset its first element
   * @param y (n). Overwritten; may be {@code x} itself, but must not overlap it otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, a segment is on the heap, or x and y
   *     overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    Operands.size("Exp", "n", n);
    long xAt = Operands.input("Exp", "x", x, xOffset, n);
    long yAt = Operands.output("Exp", "y", y, yOffset, n);
    Operands.sameOrDisjoint("Exp", "x", xAt, "y", yAt, n);
    if (Held.isNeeded(x, y)) {
      Held.run(() -> KERNEL.apply(n, x, xOffset, y, yOffset), x, y);
    } else {
      KERNEL.apply(n, x, xOffset, y, yOffset);
      Held.untilHere(x, y);
    }
  }
}
