package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.AdamKernel;
import dev.lanewise.kernels.contract.AddScaledKernel;
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
 * <p>{@link AdamSettings} have PyTorch's epsilon too, and the decay of AdamW (Loshchilov and
 * Hutter, 2019):
 *
 * <pre>
 * w -= learningRate * weightDecay * w                                                    first
 * w -= learningRate / (1 - beta1^step) * m / (sqrt(v / (1 - beta2^step)) + epsilon)      PyTorch
 * </pre>
 *
 * Lengths and offsets in elements; thread-safe on disjoint ranges; allocates nothing.
 */
public final class AdamUpdate {

  /** Two kernels pass over weights that decay: so many elements stay in the first cache. */
  private static final long TOGETHER = 2048;

  private static final AdamKernel KERNEL = Kernels.SELECTED.adam();
  private static final AddScaledKernel DECAY = Kernels.SELECTED.addScaled();

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
    update(
        n,
        step,
        learningRate,
        beta1,
        beta2,
        epsilon,
        0,
        g,
        gOffset,
        m,
        mOffset,
        v,
        vOffset,
        w,
        wOffset);
  }

  /**
   * Updates the moments and the weights.
   *
   * @param n how many elements
   * @param step 1 for the first update
   * @param learningRate Keras's {@code learning_rate}
   * @param settings the rest of the numbers
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
      AdamSettings settings,
      MemorySegment g,
      long gOffset,
      MemorySegment m,
      long mOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    double epsilon = settings.epsilonBeforeCorrection(step);
    double decay = learningRate * settings.weightDecay();
    update(
        n,
        step,
        learningRate,
        settings.beta1(),
        settings.beta2(),
        epsilon,
        decay,
        g,
        gOffset,
        m,
        mOffset,
        v,
        vOffset,
        w,
        wOffset);
  }

  private static void update(
      long n,
      long step,
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
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
    float lost = (float) decay;
    if (Held.isShared(g) || Held.isNeeded(m, v, w)) {
      Held.run(
          () ->
              step(n, rate, own1, own2, eps, lost, g, gOffset, m, mOffset, v, vOffset, w, wOffset),
          g,
          m,
          v,
          w);
    } else {
      step(n, rate, own1, own2, eps, lost, g, gOffset, m, mOffset, v, vOffset, w, wOffset);
      Held.untilHere(g, m);
      Held.untilHere(v, w);
    }
  }

  private static void step(
      long n,
      float rate,
      float own1,
      float own2,
      float epsilon,
      float lost,
      MemorySegment g,
      long gOffset,
      MemorySegment m,
      long mOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment w,
      long wOffset) {
    if (lost == 0f) {
      KERNEL.apply(n, rate, own1, own2, epsilon, g, gOffset, m, mOffset, v, vOffset, w, wOffset);
      return;
    }
    for (long i = 0; i < n; i += TOGETHER) {
      long some = Math.min(TOGETHER, n - i);
      DECAY.apply(some, -lost, w, wOffset + i, w, wOffset + i);
      KERNEL.apply(
          some,
          rate,
          own1,
          own2,
          epsilon,
          g,
          gOffset + i,
          m,
          mOffset + i,
          v,
          vOffset + i,
          w,
          wOffset + i);
    }
  }
}
