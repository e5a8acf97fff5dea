package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.SoftmaxKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A softmax of rows. */
final class RelaySoftmax extends Relay<SoftmaxKernel> implements SoftmaxKernel {

  /** Whole vectors of any width, and elements beside them. */
  private static final int COUNT = 16 * RehearsalShape.STEPS + 5;

  /** Of the exponential and of the sum, which goes element by element. */
  private static final int OPERATIONS = 30;

  RelaySoftmax(SoftmaxKernel first, SoftmaxKernel last) {
    super(first, last);
  }

  @Override
  public void apply(
      long rows, int n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    runs(false, 2, 1, COUNT, 1).apply(rows, n, x, xOffset, y, yOffset);
  }

  @Override
  long small(boolean gradient, int rows, int k, int units, int blocks) {
    return RehearsalShape.key(gradient, rows, k, units, blocks);
  }

  @Override
  Runnable rehearsal(RehearsalShape shape, Arena arena) {
    RelaySoftmax taken = new RelaySoftmax(last(), last());
    taken.takeOver();
    MemorySegment x = Operands.floats((long) shape.rows() * shape.units(), arena);
    MemorySegment y = Operands.floats((long) shape.rows() * shape.units(), arena);
    return () -> taken.apply(shape.rows(), shape.units(), x, 0, y, 0);
  }

  @Override
  long operations(RehearsalShape shape) {
    return shape.rows() * (long) RehearsalShape.STEPS * OPERATIONS;
  }
}
