package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.SumOfMagnitudesKernel;
import java.lang.foreign.MemorySegment;

/**
 * The sum of absolute values (asum). Lengths and offsets in elements; thread-safe on disjoint
 * outputs; allocates nothing.
 */
public final class SumOfMagnitudes {

  private static final SumOfMagnitudesKernel KERNEL = Kernels.SELECTED.sumOfMagnitudes();

  private SumOfMagnitudes() {}

  /**
   * {@code sum of |x[i]|}, in an order of its own that is the same for every implementation.
   *
   * @param n how many elements
   * @param x (n). Not modified.
   * @param xOffset its first element
   * @return the sum; 0 for no elements
   * @throws IllegalArgumentException if a size is negative or a segment is on the heap
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static float apply(long n, MemorySegment x, long xOffset) {
    Operands.size("SumOfMagnitudes", "n", n);
    Operands.input("SumOfMagnitudes", "x", x, xOffset, n);
    if (!Held.isShared(x)) {
      float sum = KERNEL.apply(n, x, xOffset);
      Held.untilHere(x, x);
      return sum;
    }
    float[] sum = new float[1];
    Held.run(() -> sum[0] = KERNEL.apply(n, x, xOffset), x);
    return sum[0];
  }
}
