package dev.lanewise.lstm;

import dev.lanewise.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * What every operation asks of the memory that it is given to write to. It can be written, and it
 * is the input's very place or no part of it. A result written over half of an input that is still
 * being read would be wrong without a word.
 */
final class Outputs {
  private Outputs() {}

  /** Refuses a y that is read-only, or shares memory with x and is not the same view. */
  static void check(String operation, Tensor x, Tensor y) {
    if (y.segment().isReadOnly()) {
      throw CallErrors.outputReadOnly(operation, y.shape());
    }
    if (x.mayShareMemory(y) && !x.isSameView(y)) {
      throw CallErrors.outputOverlaps(operation, x.shape(), y.shape());
    }
  }

  /** The same of stretches of memory, on or off the heap; offsets and lengths in bytes. */
  static void check(
      String operation,
      MemorySegment x,
      long xOffset,
      long xBytes,
      MemorySegment y,
      long yOffset,
      long yBytes) {
    if (y.isReadOnly()) {
      throw CallErrors.outputReadOnly(operation, yBytes / Float.BYTES);
    }
    long from = x.address() + xOffset;
    long to = y.address() + yOffset;
    if (from < to + yBytes && to < from + xBytes && from != to && together(x, y)) {
      throw CallErrors.outputOverlaps(operation, xBytes / Float.BYTES, yBytes / Float.BYTES);
    }
  }

  /** Whether addresses of the two can be compared: both off the heap, or in one array. */
  @SuppressWarnings("ReferenceEquality") // one array, not an equal one
  private static boolean together(MemorySegment x, MemorySegment y) {
    return x.isNative()
        ? y.isNative()
        : x.heapBase().isPresent()
            && y.heapBase().isPresent()
            && x.heapBase().get() == y.heapBase().get();
  }
}
