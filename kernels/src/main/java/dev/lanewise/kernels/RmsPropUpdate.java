package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.AddScaledKernel;
import dev.lanewise.kernels.contract.RmsPropKernel;
import dev.lanewise.kernels.contract.ScaleKernel;
import java.lang.foreign.MemorySegment;

/**
 * One update of RMSprop (Tieleman and Hinton, 2012; centered: Graves, 2013, equations 38 to 41), as
 * Keras or PyTorch computes it:
 *
 * <pre>
 * v += (g^2 - v) * (1 - rho)
 * a += (g - a) * (1 - rho)                                    centered
 * s = v, or max(v - a^2, 0)                                   centered
 * d = sqrt(s + epsilon), or sqrt(s) + epsilon                 PyTorch
 * w -= learningRate * g / d
 * b = momentum * b - learningRate * g / d; w += b             instead, with momentum
 * </pre>
 *
 * <p>Equal gradients make the variance 0, and rounding takes it below. It is held at 0 here, where
 * Keras and PyTorch may give NaN.
 *
 * <p>The velocity holds changes of weights, as Keras's does but for its sign. PyTorch's holds them
 * without the learning rate. Both move the weights alike while the learning rate stays the same.
 * After a change of it, PyTorch scales the old changes too.
 *
 * <p>Lengths and offsets in elements; thread-safe on disjoint ranges; allocates nothing.
 */
public final class RmsPropUpdate {

  private static final String NAME = "RmsPropUpdate";

  /**
   * With momentum three kernels pass over the velocity: so many elements stay in the first cache.
   */
  private static final long TOGETHER = 2048;

  private static final RmsPropKernel KERNEL = Kernels.SELECTED.rmsProp();
  private static final ScaleKernel SCALE = Kernels.SELECTED.scale();
  private static final AddScaledKernel ADD = Kernels.SELECTED.addScaled();

  private RmsPropUpdate() {}

  /**
   * Updates the means, the velocity and the weights.
   *
   * @param n how many elements
   * @param learningRate Keras's {@code learning_rate}
   * @param settings the rest of the numbers
   * @param g (n), the gradient. Not modified.
   * @param gOffset its first element
   * @param v (n), the mean square, zeros at first. Overwritten.
   * @param vOffset its first element
   * @param a (n), the mean gradient, zeros at first. Overwritten if centered, else not used: {@link
   *     MemorySegment#NULL} will do.
   * @param aOffset its first element
   * @param b (n), the velocity, zeros at first. Overwritten with momentum, else not used: {@link
   *     MemorySegment#NULL} will do.
   * @param bOffset its first element
   * @param w (n), the weights. Overwritten.
   * @param wOffset its first element
   * @throws IllegalArgumentException if n is negative, a segment is on the heap, or operands
   *     overlap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long n,
      double learningRate,
      RmsPropSettings settings,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment w,
      long wOffset) {
    Operands.size(NAME, "n", n);
    long centered = settings.centered() ? n : 0;
    long moving = settings.momentum() == 0 ? 0 : n;
    long gAt = Operands.input(NAME, "g", g, gOffset, n);
    long vAt = Operands.output(NAME, "v", v, vOffset, n);
    long aAt = centered == 0 ? 0 : Operands.output(NAME, "a", a, aOffset, n);
    long bAt = moving == 0 ? 0 : Operands.output(NAME, "b", b, bOffset, n);
    long wAt = Operands.output(NAME, "w", w, wOffset, n);
    Operands.disjoint(NAME, "g", gAt, n, "v", vAt, n);
    Operands.disjoint(NAME, "g", gAt, n, "a", aAt, centered);
    Operands.disjoint(NAME, "g", gAt, n, "b", bAt, moving);
    Operands.disjoint(NAME, "g", gAt, n, "w", wAt, n);
    Operands.disjoint(NAME, "v", vAt, n, "a", aAt, centered);
    Operands.disjoint(NAME, "v", vAt, n, "b", bAt, moving);
    Operands.disjoint(NAME, "v", vAt, n, "w", wAt, n);
    Operands.disjoint(NAME, "a", aAt, centered, "b", bAt, moving);
    Operands.disjoint(NAME, "a", aAt, centered, "w", wAt, n);
    Operands.disjoint(NAME, "b", bAt, moving, "w", wAt, n);
    float rate = (float) learningRate;
    MemorySegment mean = centered == 0 ? g : a;
    MemorySegment velocity = moving == 0 ? g : b;
    if (Held.isNeeded(g, v, w) || Held.isNeeded(mean, velocity)) {
      Held.run(
          () ->
              update(n, rate, settings, g, gOffset, v, vOffset, a, aOffset, b, bOffset, w, wOffset),
          g,
          v,
          mean,
          velocity,
          w);
    } else {
      update(n, rate, settings, g, gOffset, v, vOffset, a, aOffset, b, bOffset, w, wOffset);
      Held.untilHere(g, v, w);
      Held.untilHere(a, b);
    }
  }

  private static void update(
      long n,
      float rate,
      RmsPropSettings settings,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment a,
      long aOffset,
      MemorySegment b,
      long bOffset,
      MemorySegment w,
      long wOffset) {
    float momentum = (float) settings.momentum();
    if (settings.momentum() == 0) {
      step(n, rate, settings, g, gOffset, v, vOffset, a, aOffset, w, wOffset);
      return;
    }
    for (long i = 0; i < n; i += TOGETHER) {
      long some = Math.min(TOGETHER, n - i);
      SCALE.apply(some, momentum, b, bOffset + i, b, bOffset + i);
      step(some, rate, settings, g, gOffset + i, v, vOffset + i, a, aOffset + i, b, bOffset + i);
      ADD.apply(some, 1f, b, bOffset + i, w, wOffset + i);
    }
  }

  /** What is {@code moved} is the weights, or the velocity on its way to them. */
  private static void step(
      long n,
      float rate,
      RmsPropSettings settings,
      MemorySegment g,
      long gOffset,
      MemorySegment v,
      long vOffset,
      MemorySegment a,
      long aOffset,
      MemorySegment moved,
      long movedOffset) {
    float own = (float) (1 - settings.rho());
    float inside = settings.epsilonIsInside() ? (float) settings.epsilon() : 0f;
    float after = settings.epsilonIsInside() ? 0f : (float) settings.epsilon();
    if (settings.centered()) {
      KERNEL.centered(
          n, rate, own, inside, after, g, gOffset, v, vOffset, a, aOffset, moved, movedOffset);
    } else {
      KERNEL.apply(n, rate, own, inside, after, g, gOffset, v, vOffset, moved, movedOffset);
    }
  }
}
