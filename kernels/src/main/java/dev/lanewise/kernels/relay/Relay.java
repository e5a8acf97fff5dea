package dev.lanewise.kernels.relay;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that two bodies run one after the other: the scalar one until the vector one is
 * compiled, which then runs for good. Both give the same bits, so that no result tells when.
 *
 * <p>The compilers take a second over the vector kernels. Until then each operation on a vector is
 * a hundred instructions and more; the scalar bodies compile in a tenth of that time.
 *
 * @param <K> the contract of both
 */
abstract class Relay<K> {

  /** Calls of more shapes than these are not rehearsed. */
  private static final int MOST_SHAPES = 16;

  private final K first;
  private final K last;
  private final long[] asked = new long[MOST_SHAPES];
  private volatile int shapes;

  /** Read without order: whichever of two a thread sees, it is right. */
  private @Nullable K taken;

  Relay(K first, K last) {
    this.first = first;
    this.last = last;
  }

  /** What runs a call; where that is not the vector body yet, the call's shape is rehearsed. */
  final K runs(boolean gradient, int rows, int k, int units, int blocks) {
    K now = taken;
    return now == null ? begin(gradient, rows, k, units, blocks) : now;
  }

  private K begin(boolean gradient, int rows, int k, int units, int blocks) {
    long shape = small(gradient, rows, k, units, blocks);
    if (!isAsked(shape)) {
      ask(shape);
    }
    return first;
  }

  private boolean isAsked(long shape) {
    int count = shapes;
    for (int i = 0; i < count; i++) {
      if (asked[i] == shape) {
        return true;
      }
    }
    return count == MOST_SHAPES;
  }

  private synchronized void ask(long shape) {
    if (!isAsked(shape)) {
      Rehearsals.begin(this, RehearsalShape.of(shape));
      asked[shapes] = shape;
      shapes++; // after the element: who counts it sees it
    }
  }

  /** The vector body. */
  final K last() {
    return last;
  }

  final void takeOver() {
    taken = last;
  }

  /** The {@link RehearsalShape#key key} of a small shape whose call goes by the same loops. */
  abstract long small(boolean gradient, int rows, int k, int units, int blocks);

  /** A call of the vector body on operands of a shape. */
  abstract Runnable rehearsal(RehearsalShape shape, Arena arena);

  /** About how many vector operations that is, or less. */
  abstract long operations(RehearsalShape shape);
}
