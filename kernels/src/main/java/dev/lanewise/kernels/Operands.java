package dev.lanewise.kernels;

import java.lang.foreign.MemorySegment;

/**
 * The checks at the edge: whoever passes them may be read and written without further ones. Lengths
 * in elements.
 */
final class Operands {

  private Operands() {}

  static void size(String operation, String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(KernelErrors.negative(operation, name, value));
    }
  }

  static void input(
      String operation, String name, MemorySegment segment, long offset, long extent) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException(KernelErrors.notNative(operation, name));
    }
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException(KernelErrors.closed(operation, name));
    }
    if (!segment.isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException(KernelErrors.wrongThread(operation, name));
    }
    long elements = segment.byteSize() / Float.BYTES;
    if (offset < 0 || extent > elements - offset) {
      throw new IndexOutOfBoundsException(
          KernelErrors.outOfBounds(operation, name, segment, offset, extent));
    }
  }

  static void output(
      String operation, String name, MemorySegment segment, long offset, long extent) {
    input(operation, name, segment, offset, extent);
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException(KernelErrors.readOnly(operation, name));
    }
  }

  /**
   * The extent of {@code rows} rows of {@code columns}, {@code ld} apart: from the first element to
   * past the last.
   */
  static long extent(long rows, long columns, long ld) {
    return rows == 0 || columns == 0 ? 0 : Math.addExact(Math.multiplyExact(rows - 1, ld), columns);
  }

  static void distinct(
      String operation,
      String first,
      MemorySegment a,
      long aOffset,
      String second,
      MemorySegment b,
      long bOffset,
      long extent,
      String reason) {
    if (overlap(a, aOffset, extent, b, bOffset, extent)) {
      throw new IllegalArgumentException(KernelErrors.overlap(operation, first, second, reason));
    }
  }

  static void disjoint(
      String operation,
      String first,
      MemorySegment a,
      long aOffset,
      long aExtent,
      String second,
      MemorySegment b,
      long bOffset,
      long bExtent) {
    if (overlap(a, aOffset, aExtent, b, bOffset, bExtent)) {
      throw new IllegalArgumentException(
          KernelErrors.overlap(operation, first, second, "copy one aside first"));
    }
  }

  private static boolean overlap(
      MemorySegment a, long aOffset, long aExtent, MemorySegment b, long bOffset, long bExtent) {
    long from = a.address() + aOffset * Float.BYTES;
    long other = b.address() + bOffset * Float.BYTES;
    return aExtent > 0
        && bExtent > 0
        && from < other + bExtent * Float.BYTES
        && other < from + aExtent * Float.BYTES;
  }
}
