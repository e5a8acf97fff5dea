package dev.lanewise.kernels.relay;

import dev.lanewise.kernels.contract.ActivationKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An activation of as many elements as there are. */
final class RelayActivation extends Relay<ActivationKernel> implements ActivationKernel {

  /** Whole vectors of any width, and elements beside them. */
  private static final int COUNT = 16 * RehearsalShape.STEPS + 5;

  /** Of a vector: relu's. */
  private static final int OPERATIONS = 3;

  /** The fewest vectors. */
  private static final int VECTORS = RehearsalShape.STEPS;

  RelayActivation(ActivationKernel first, ActivationKernel last) {
    super(first, last);
  }

  @Override
  public void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset) {
    runs(false, 1, 1, COUNT, 1).apply(n, x, xOffset, y, yOffset);
  }

  @Override
  public void gradient(
      long n,
      MemorySegment of,
      long ofOffset,
      MemorySegment dy,
      long dyOffset,
      MemorySegment dx,
      long dxOffset) {
    runs(true, 1, 1, COUNT, 1).gradient(n, of, ofOffset, dy, dyOffset, dx, dxOffset);
  }

  @Override
  long small(boolean gradient, int rows, int k, int units, int blocks) {
    return RehearsalShape.key(gradient, rows, k, units, blocks);
  }

  @Override
  Runnable rehearsal(RehearsalShape shape, Arena arena) {
    RelayActivation taken = new RelayActivation(last(), last());
    taken.takeOver();
    int n = shape.units();
    MemorySegment x = Operands.floats(n, arena);
    MemorySegment dy = Operands.floats(n, arena);
    MemorySegment y = Operands.floats(n, arena);
    return !shape.gradient()
        ? () -> taken.apply(n, x, 0, y, 0)
        : () -> taken.gradient(n, x, 0, dy, 0, y, 0);
  }

  @Override
  long operations(RehearsalShape shape) {
    return (long) OPERATIONS * VECTORS;
  }
}
