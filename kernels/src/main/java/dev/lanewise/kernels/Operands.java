package dev.lanewise.kernels;

import java.lang.foreign.MemorySegment;

/**
 * The checks at the edge: whoever passes them may be read and written without further ones. Lengths
 * in elements.
 */
final class Operands {

  private Operands() {}

  static void size(String operation, String name, long value) {
    Kernels.requireUsable();
    if (value < 0) {
      throw new IllegalArgumentException(KernelErrors.negative(operation, name, value));
    }
  }

  /** The sizes of a cell whose row holds four gates so far apart. */
  static void gateStride(String operation, int units, int gateStride) {
    size(operation, "units", units);
    if (gateStride < units) {
      throw new IllegalArgumentException(
          KernelErrors.leadingDimension(
              operation,
              "gateStride",
              gateStride,
              "units",
              units,
              "a row of gates is 4 x gateStride"));
    }
    if (gateStride > LstmCell.MOST_STRIDE) {
      throw new IllegalArgumentException(
          KernelErrors.gateStride(operation, gateStride, LstmCell.MOST_STRIDE));
    }
  }

  /** The address of the first element. */
  static long input(
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
    return segment.address() + offset * Float.BYTES;
  }

  /** The address of the first element. */
  static long output(
      String operation, String name, MemorySegment segment, long offset, long extent) {
    long address = input(operation, name, segment, offset, extent);
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException(KernelErrors.readOnly(operation, name));
    }
    return address;
  }

  /**
   * The extent of {@code rows} rows of {@code columns}, {@code ld} apart: from the first element to
   * past the last. {@link Long#MAX_VALUE}, which no segment holds, where it is as much or more.
   */
  static long extent(long rows, long columns, long ld) {
    if (rows == 0 || columns == 0) {
      return 0;
    }
    long first = (rows - 1) * ld;
    long extent = first + columns;
    return Math.multiplyHigh(rows - 1, ld) != 0 || (first | extent) < 0 ? Long.MAX_VALUE : extent;
  }

  /**
   * Of n elements each, from the addresses: {@code output} may be {@code input} itself, and must
   * not overlap it else.
   */
  static void sameOrDisjoint(
      String operation, String inputName, long input, String outputName, long output, long n) {
    if (input != output) {
      String reason = "it may be the same memory, or other memory, not a part of it";
      disjoint(operation, inputName, input, n, outputName, output, n, reason);
    }
  }

  /** Of so many elements each, from the addresses. */
  static void disjoint(
      String operation, String aName, long a, long aExtent, String bName, long b, long bExtent) {
    disjoint(operation, aName, a, aExtent, bName, b, bExtent, "each needs its own memory");
  }

  static void disjoint(
      String operation,
      String inputName,
      long input,
      long inputExtent,
      String outputName,
      long output,
      long outputExtent,
      String reason) {
    if (overlap(output - input, inputExtent, outputExtent)) {
      throw new IllegalArgumentException(
          KernelErrors.overlap(operation, inputName, outputName, reason));
    }
  }

  /**
   * Row-major matrices whose operands passed {@link #input}. Two that lie side by side in the rows
   * of a third are disjoint.
   */
  static void disjoint(
      String operation,
      String inputName,
      long input,
      long rows,
      long columns,
      long inputLd,
      String outputName,
      long output,
      long outputRows,
      long outputColumns,
      long outputLd) {
    long apart = output - input;
    if (overlap(apart, extent(rows, columns, inputLd), extent(outputRows, outputColumns, outputLd))
        && !(inputLd == outputLd && besides(apart, columns, outputColumns, inputLd))) {
      throw new IllegalArgumentException(
          KernelErrors.overlap(operation, inputName, outputName, "copy one aside first"));
    }
  }

  /** Whether the rows of two matrices, {@code ld} apart in both, lie beside each other. */
  private static boolean besides(long apart, long columns, long otherColumns, long ld) {
    if (ld > Long.MAX_VALUE / Float.BYTES) {
      return false; // One row each, as they lie in their segments: nothing is beside anything.
    }
    long row = ld * Float.BYTES;
    long shift = Math.floorMod(apart, row);
    return shift >= columns * Float.BYTES && shift + otherColumns * Float.BYTES <= row;
  }

  /** Whether ranges overlap, the second of which begins {@code apart} bytes after the first. */
  private static boolean overlap(long apart, long extent, long other) {
    return extent > 0 && other > 0 && apart < extent * Float.BYTES && -apart < other * Float.BYTES;
  }

  /** A cell keeps what its activations give, and not what they take. */
  static void gradientOfOutput(String cell, Activation activation) {
    if (activation.needsInput()) {
      throw new IllegalArgumentException(KernelErrors.cellNeedsInput(cell, activation));
    }
  }
}
