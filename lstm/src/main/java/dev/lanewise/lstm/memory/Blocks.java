package dev.lanewise.lstm.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Blocks of floats in memory that the library owns, each from a cache line on. */
public final class Blocks {
  /** A cache line, and the widest vector register. */
  private static final long ALIGNMENT = 64;

  private static final long LINE = ALIGNMENT / Float.BYTES;

  private Blocks() {}

  /** The elements that a block of {@code elements} takes with its padding. */
  public static long align(long elements) {
    return (elements + LINE - 1) / LINE * LINE;
  }

  /** The bytes that {@link #allocate} takes. */
  public static long bytes(long elements) {
    return Sizes.bytes(elements < 0 ? elements : Math.max(LINE, elements));
  }

  /** Zeroed; at least one line, so that an empty block has an address too. */
  public static MemorySegment allocate(Arena arena, long elements) {
    long bytes = bytes(elements);
    try {
      return arena.allocate(bytes, ALIGNMENT);
    } catch (OutOfMemoryError exhausted) {
      throw MemoryErrors.outOfMemory(bytes, exhausted);
    }
  }

  /** Copies {@code elements}; offsets in elements. */
  public static void copy(
      MemorySegment from, long source, MemorySegment to, long target, long elements) {
    MemorySegment.copy(
        from, source * Float.BYTES, to, target * Float.BYTES, elements * Float.BYTES);
  }

  /** Zeros {@code elements} from {@code offset}, in elements. */
  public static void clear(MemorySegment segment, long offset, long elements) {
    for (long i = 0; i < elements; i++) {
      segment.setAtIndex(JAVA_FLOAT, offset + i, 0f);
    }
  }
}
