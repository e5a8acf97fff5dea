package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.MomentumKernel;
import java.lang.foreign.MemorySegment;

/**
 * One update of gradient descent with momentum (Polyak, 1964), as Keras computes it:
 *
 * <pre>
 * v = momentum * v - rate * g
 * w += v                            apply
 * w += momentum * v - rate * g      nesterov
 * </pre>
 *
 * <p>PyTorch's velocity is {@code b = momentum * b + g}, which moves {@code w -= rate * b}, or
 * {@code w -= rate * (g + momentum * b)}. Both move the weights alike while the rate stays the
 * same, for then {@code v = -rate * b}. After a change of the rate, PyTorch scales the old
 * gradients by the new rate too, and Keras leaves them at the rates of their steps.
 *
 * <p>Lengths and offsets in elements; thread-safe on disjoint ranges; allocates nothing.
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
    check(n, g, gOffset, v, vOffset, w, wOffset);
    if (Held.isNeeded(g, v, w)) {
      Held.run(() -> KERNEL.apply(n, rate, momentum, g, gOffset, v, vOffset, w, wOffset), g, v, w);
    } else {
      KERNEL.apply(n, rate, momentum, g, gOffset, v, vOffset, w, wOffset);
      Held.untilHere(g, v, w);
    }
  }

  /**
   * Updates the velocity and the weights, these by the velocity of the next update as far as it is
   * known (Nesterov, 1983, as in Sutskever and others, 2013).
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
  public static void nesterov(
      long n,
      float rate,
      float momentum,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    check(n, g, gOffset, v, vOffset, w, wOffset);
    if (Held.isNeeded(g, v, w)) {
      Held.run(
          () -> KERNEL.nesterov(n, rate, momentum, g, gOffset, v, vOffset, w, wOffset), g, v, w);
    } else {
      KERNEL.nesterov(n, rate, momentum, g, gOffset, v, vOffset, w, wOffset);
      Held.untilHere(g, v, w);
    }
  }

  private static void check(
      long n,
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
  }
}
