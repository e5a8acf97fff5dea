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
    Operands.input("AdamUpdate", "g", g, gOffset, n);
    Operands.output("AdamUpdate", "m", m, mOffset, n);
    Operands.output("AdamUpdate", "v", v, vOffset, n);
    Operands.output("AdamUpdate", "w", w, wOffset, n);
    checkDisjoint(n, "g", g, gOffset, "m", m, mOffset);
    checkDisjoint(n, "g", g, gOffset, "v", v, vOffset);
    checkDisjoint(n, "g", g, gOffset, "w", w, wOffset);
    checkDisjoint(n, "m", m, mOffset, "v", v, vOffset);
    checkDisjoint(n, "m", m, mOffset, "w", w, wOffset);
    checkDisjoint(n, "v", v, vOffset, "w", w, wOffset);
    double corrected =
        learningRate
            * Math.sqrt(1 - StrictMath.pow(beta2, (double) step))
            / (1 - StrictMath.pow(beta1, (double) step));
    float rate = (float) corrected;
    if (Held.isShared(g) || Held.isNeeded(m, v, w)) {
      Held.run(
          () ->
              KERNEL.apply(
                  n,
                  rate,
                  (float) (1 - beta1),
                  (float) (1 - beta2),
                  (float) epsilon,
                  g,
                  gOffset,
                  m,
                  mOffset,
                  v,
                  vOffset,
                  w,
                  wOffset),
          g,
          m,
          v,
          w);
    } else {
      KERNEL.apply(
          n,
          rate,
          (float) (1 - beta1),
          (float) (1 - beta2),
          (float) epsilon,
          g,
          gOffset,
          m,
          mOffset,
          v,
          vOffset,
          w,
          wOffset);
      Held.untilHere(g, m);
      Held.untilHere(v, w);
    }
  }

  private static void checkDisjoint(
      long n,
      String aName,
      MemorySegment a,
      long aOffset,
      String bName,
      MemorySegment b,
      long bOffset) {
    Operands.disjoint(
        "AdamUpdate", aName, a, aOffset, n, bName, b, bOffset, n, "each needs its own memory");
  }
}
