package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.ClipKernel;
import java.lang.foreign.MemorySegment;

/**
 * Clipping by value (Keras's {@code clipvalue}, PyTorch's {@code clip_grad_value_}, ONNX's {@code
 * clip}), and its gradient. Lengths and offsets in elements; thread-safe on disjoint outputs;
 * allocates nothing.
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
    check(n, limit);
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

  /**
   * {@code dx = dy} where {@code |y| < limit}, else 0: the gradient through {@link #apply},
   * computed from what it gave.
   *
   * @param n how many elements
   * @param limit the largest absolute value, 0 or more
   * @param y (n), what {@link #apply} gave. Not modified unless it is {@code dx}.
   * @param yOffset its first element
   * @param dy (n), the gradient with respect to y. Not modified unless it is {@code dx}.
   * @param dyOffset its first element
   * @param dx (n), the gradient with respect to x. Overwritten; may be {@code dy} or {@code y}
   *     itself, but must not overlap them otherwise.
   * @param dxOffset its first element
   * @throws IllegalArgumentException if a size is negative, limit is negative or NaN, a segment is
   *     on the heap, or dx overlaps y or dy in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void gradient(
      long n,
      float limit,
      MemorySegment y,
      long yOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    check(n, limit);
    long yAt = Operands.input("Clip", "y", y, yOffset, n);
    long dyAt = Operands.input("Clip", "dy", dy, dyOffset, n);
    long dxAt = Operands.output("Clip", "dx", dx, dxOffset, n);
    Operands.sameOrDisjoint("Clip", "y", yAt, "dx", dxAt, n);
    Operands.sameOrDisjoint("Clip", "dy", dyAt, "dx", dxAt, n);
    if (Held.isNeeded(y, dy, dx)) {
      Held.run(() -> KERNEL.gradient(n, limit, y, yOffset, dy, dyOffset, dx, dxOffset), y, dy, dx);
    } else {
      KERNEL.gradient(n, limit, y, yOffset, dy, dyOffset, dx, dxOffset);
      Held.untilHere(y, dy, dx);
    }
  }

  private static void check(long n, float limit) {
    Operands.size("Clip", "n", n);
    if (!(limit >= 0)) {
      throw new IllegalArgumentException(KernelErrors.limit(limit));
    }
  }
}
