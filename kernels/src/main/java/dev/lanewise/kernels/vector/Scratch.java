package dev.lanewise.kernels.vector;

import static dev.lanewise.kernels.vector.Lanes.FLOAT;
import static dev.lanewise.kernels.vector.Memory.ALL;
import static dev.lanewise.kernels.vector.Memory.MASK;
import static dev.lanewise.kernels.vector.Memory.ORDER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A few kilobytes of each thread's own, where the elements that do not fill a vector are laid out
 * as if they did.
 *
 * <p>So there is one loop for whole vectors and none with masks. C2 compiles masks badly for AVX2,
 * as it boxes them, and the processors of that time store them slowly. What lies beside the copied
 * elements is garbage.
 */
final class Scratch {

  /** Rows of a strip, and as many vectors of states. */
  static final int ROWS = 8;

  private static final long BYTES = ROWS * 11 * Lanes.BYTES;

  private static final ThreadLocal<MemorySegment> OF_THREAD =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(BYTES, 64));

  private Scratch() {}

  /**
   * Address of {@code ROWS} rows of four vectors, of as many again, and of as many states three
   * times; the calling thread's alone.
   */
  static long address() {
    return OF_THREAD.get().address();
  }

  /**
   * Copies {@code count} elements, fewer than a vector: under a mask where that is an instruction,
   * else one by one.
   */
  static void copy(long from, long to, int count) {
    if (Lanes.MASKS) {
      VectorMask<Float> some = VectorMask.fromLong(FLOAT, (1L << count) - 1);
      FloatVector.fromMemorySegment(FLOAT, ALL, from & MASK, ORDER, some)
          .intoMemorySegment(ALL, to & MASK, ORDER, some);
      return;
    }
    for (int i = 0; i < count; i++) {
      Memory.set(to + i * (long) Float.BYTES, Memory.get(from + i * (long) Float.BYTES));
    }
  }

  /** Copies {@code count} elements, as many as may be a vector at a time. */
  static void copyVectors(long from, long to, int count) {
    int whole = count / Lanes.COUNT;
    for (int v = 0; v < whole; v++) {
      FloatVector.fromMemorySegment(FLOAT, ALL, (from + v * Lanes.BYTES) & MASK, ORDER)
          .intoMemorySegment(ALL, (to + v * Lanes.BYTES) & MASK, ORDER);
    }
    long copied = whole * Lanes.BYTES;
    copy(from + copied, to + copied, count - whole * Lanes.COUNT);
  }
}
