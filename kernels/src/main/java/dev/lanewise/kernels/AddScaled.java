package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.AddScaledKernel;
import java.lang.foreign.MemorySegment;

/**
 * A scaled addition (axpy). Lengths and offsets in elements; thread-safe on disjoint outputs;
 * allocates nothing.
 */
public final class AddScaled {

  private static final AddScaledKernel KERNEL = Kernels.SELECTED.addScaled();

  private AddScaled() {}

  /**
   * {@code y += alpha * x}, one fused multiply-add an element.
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
    Operands.size("AddScaled", "n", n);
    long xAt = Operands.input("AddScaled", "x", x, xOffset, n);
    long yAt = Operands.output("AddScaled", "y", y, yOffset, n);
    Operands.sameOrDisjoint("AddScaled", "x", xAt, "y", yAt, n);
    if (Held.isNeeded(x, y)) {
      Held.run(() -> KERNEL.apply(n, alpha, x, xOffset, y, yOffset), x, y);
    } else {
      KERNEL.apply(n, alpha, x, xOffset, y, yOffset);
      Held.untilHere(x, y);
    }
  }
}
