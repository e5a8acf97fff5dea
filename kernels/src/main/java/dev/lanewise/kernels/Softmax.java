package dev.lanewise.kernels;

import dev.lanewise.kernels.contract.SoftmaxKernel;
import java.lang.foreign.MemorySegment;

/**
 * The softmax of rows. Lengths and offsets in elements; thread-safe on disjoint outputs; allocates
 * nothing.
 */
public final class Softmax {

  private static final SoftmaxKernel KERNEL = Kernels.SELECTED.softmax();

  private Softmax() {}

  /**
   * {@code y_i = e^(x_i - max x) / sum over j of e^(x_j - max x)} in each row. The sum and the
   * division are in double, the sum from the first element to the last.
   *
   * @param rows how many
   * @param n elements of a row
   * @param x (rows, n), dense. Not modified unless it is {@code y}.
   * @param xOffset its first element
   * @param y (rows, n), dense. Overwritten; may be {@code x} itself, but must not overlap it
   *     otherwise.
   * @param yOffset its first element
   * @throws IllegalArgumentException if a size is negative, a segment is on the heap, or x and y
   *     overlap in part
   * @throws IndexOutOfBoundsException if an operand reaches outside its segment
   * @throws IllegalStateException if the arena of a segment is closed
   */
  public static void apply(
      long rows, int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    Operands.size("Softmax", "rows", rows);
    Operands.size("Softmax", "n", n);
    long extent = Operands.extent(rows, n, n);
    long xAt = Operands.input("Softmax", "x", x, xOffset, extent);
    long yAt = Operands.output("Softmax", "y", y, yOffset, extent);
    Operands.sameOrDisjoint("Softmax", "x", xAt, "y", yAt, extent);
    if (Held.isNeeded(x, y)) {
      Held.run(() -> KERNEL.apply(rows, n, x, xOffset, y, yOffset), x, y);
    } else {
      KERNEL.apply(rows, n, x, xOffset, y, yOffset);
      Held.untilHere(x, y);
    }
  }
}
