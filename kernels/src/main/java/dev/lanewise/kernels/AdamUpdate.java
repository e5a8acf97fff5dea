package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.AdamKernel;
import java.lang.foreign.MemorySegment;

/**
 * One update of Adam (Kingma and Ba, 2015) as Keras computes it, with epsilon added before the bias
 * correction:
 *
 * <pre>
 * m += (g - m) * (1 - beta1)
 * v += (g^2 - v) * (1 - beta2)
 * w -= learningRate * sqrt(1 - beta2^step) / (1 - beta1^step) * m / (sqrt(v) + epsilon)
 * </pre>
 *
 * Lengths and offsets in elements; thread-safe on disjoint ranges; allocates nothing.
 */
public final class AdamUpdate {

  private static final AdamKernel KERNEL = Kernels.SELECTED.adam();

  private AdamUpdate() {}

  /**
   * Updates the moments and the weights.
   *
   * @param n how many elements
   * @param step 1 for the first update
   * @param learningRate Keras's {@code learning_rate}
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root
   * @param g (n), the gradient. Not modified.
   * @param gOffset its first element
   * @param m (n), the first moment, zeros before step 1. Overwritten.
   * @param mOffset its first element
   * @param v (n), the second moment, zeros before step 1. Overwritten.
   * @param vOffset its first element
   * @param w (n), the weights. Overwritten.
   * @param wOffset its first element
   * @throws IllegalArgumentException if n is negative, step is less than 1, or operands overlap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long n,
      long step,
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      MemorySegment g,
      long gOffset,
      MemorySegment m,
      long mOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    Operands.size("AdamUpdate", "n", n);
    if (step < 1) {
      throw new IllegalArgumentException(KernelErrors.step(step));
    }
    long gAt = Operands.input("AdamUpdate", "g", g, gOffset, n);
    long mAt = Operands.output("AdamUpdate", "m", m, mOffset, n);
    long vAt = Operands.output("AdamUpdate", "v", v, vOffset, n);
    long wAt = Operands.output("AdamUpdate", "w", w, wOffset, n);
    Operands.disjoint("AdamUpdate", "g", gAt, n, "m", mAt, n);
    Operands.disjoint("AdamUpdate", "g", gAt, n, "v", vAt, n);
    Operands.disjoint("AdamUpdate", "g", gAt, n, "w", wAt, n);
    Operands.disjoint("AdamUpdate", "m", mAt, n, "v", vAt, n);
    Operands.disjoint("AdamUpdate", "m", mAt, n, "w", wAt, n);
    Operands.disjoint("AdamUpdate", "v", vAt, n, "w", wAt, n);
    double corrected =
        learningRate
            * Math.sqrt(1 - StrictMath.pow(beta2, (double) step))
            / (1 - StrictMath.pow(beta1, (double) step));
    float rate = (float) corrected;
    float own1 = (float) (1 - beta1);
    float own2 = (float) (1 - beta2);
    float eps = (float) epsilon;
    if (Held.isShared(g) || Held.isNeeded(m, v, w)) {
      Held.run(
          () ->
              KERNEL.apply(
                  n, rate, own1, own2, eps, g, gOffset, m, mOffset, v, vOffset, w, wOffset),
          g,
          m,
          v,
          w);
    } else {
      KERNEL.apply(n, rate, own1, own2, eps, g, gOffset, m, mOffset, v, vOffset, w, wOffset);
      Held.untilHere(g, m);
      Held.untilHere(v, w);
    }
  }
}
