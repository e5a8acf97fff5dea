package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ClipKernel;
import java.lang.foreign.MemorySegment;

/**
 * Clipping by value (Keras's {@code clipvalue}, PyTorch's {@code clip_grad_value_}). Lengths and
 * offsets in elements; thread-safe on disjoint outputs; allocates nothing.
 */
public final class Clip {

  private static final ClipKernel KERNEL = Kernels.SELECTED.clip();

  private Clip() {}

  /**
   * {@code y = min(max(x, -limit), limit)}. NaN stays NaN.
   *
   * @param n how many elements
   * @param limit the largest absolute value, 0 or more
   * @param x (n). Not modified unless it is {@code y}.
   * @param xOffset its first element
   * @param y (n). Overwritten; may be {@code x} itself, but must not overlap it otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, limit is negative or NaN, a segment is
   *     on the heap, or x and y overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long n, float limit, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    Operands.size("Clip", "n", n);
    if (!(limit >= 0)) {
      throw new IllegalArgumentException(KernelErrors.limit(limit));
    }
    long xAt = Operands.input("Clip", "x", x, xOffset, n);
    long yAt = Operands.output("Clip", "y", y, yOffset, n);
    Operands.sameOrDisjoint("Clip", "x", xAt, "y", yAt, n);
    if (Held.isNeeded(x, y)) {
      Held.run(() -> KERNEL.apply(n, limit, x, xOffset, y, yOffset), x, y);
    } else {
      KERNEL.apply(n, limit, x, xOffset, y, yOffset);
      Held.untilHere(x, y);
    }
  }
}
