package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.MomentumKernel;
import java.lang.foreign.MemorySegment;

/**
 * One update of gradient descent with momentum (Polyak, 1964), as Keras computes it:
 *
 * <pre>
 * v = momentum * v - rate * g
 * w += v
 * </pre>
 *
 * Lengths and offsets in elements; thread-safe on disjoint ranges; allocates nothing.
 */
public final class MomentumUpdate {

  private static final String NAME = "MomentumUpdate";
  private static final MomentumKernel KERNEL = Kernels.SELECTED.momentum();

  private MomentumUpdate() {}

  /**
   * Updates the velocity and the weights.
   *
   * @param n how many elements
   * @param rate Keras's {@code learning_rate}
   * @param momentum how much of the velocity stays
   * @param g (n), the gradient. Not modified.
   * @param gOffset its first element
   * @param v (n), the velocity, zeros at first. Overwritten.
   * @param vOffset its first element
   * @param w (n), the weights. Overwritten.
   * @param wOffset its first element
   * @throws IllegalArgumentException if n is negative, a segment is on the heap, or operands
   *     overlap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    Operands.size(NAME, "n", n);
    long gAt = Operands.input(NAME, "g", g, gOffset, n);
    long vAt = Operands.output(NAME, "v", v, vOffset, n);
    long wAt = Operands.output(NAME, "w", w, wOffset, n);
    Operands.disjoint(NAME, "g", gAt, n, "v", vAt, n);
    Operands.disjoint(NAME, "g", gAt, n, "w", wAt, n);
    Operands.disjoint(NAME, "v", vAt, n, "w", wAt, n);
    if (Held.isNeeded(g, v, w)) {
      Held.run(() -> KERNEL.apply(n, rate, momentum, g, gOffset, v, vOffset, w, wOffset), g, v, w);
    } else {
      KERNEL.apply(n, rate, momentum, g, gOffset, v, vOffset, w, wOffset);
      Held.untilHere(g, v, w);
    }
  }
}
