package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * Writes the bits of one value to every element of a layout. Allocates nothing for the elements.
 */
final class Fill {
  /** Elements that are written one by one. */
  private static final long BLOCK = 64;

  /** Elements copied at once: few enough that they are still in L1. */
  private static final long MOST = 2048;

  private final MemorySegment target;
  private final LoopNest nest;
  private final int bits;

  private Fill(MemorySegment target, LoopNest nest, int bits) {
    this.target = target;
    this.nest = nest;
    this.bits = bits;
  }

  static void fill(MemorySegment target, Layout layout, int bits) {
    if (layout.shape().size() > 0) {
      new Fill(target, LoopNest.of(layout, layout), bits).walk(0, layout.offset());
    }
  }

  /** A dense run: what is written already is copied on, twice as much each time. */
  private void run(long from, long length) {
    for (long i = 0; i < BLOCK; i++) {
      target.setAtIndex(JAVA_INT, from + i, bits);
    }
    long written = BLOCK;
    while (written < length) {
      long next = Math.min(Math.min(written, MOST), length - written);
      MemorySegment.copy(
          target,
          from * Integer.BYTES,
          target,
          (from + written) * Integer.BYTES,
          next * Integer.BYTES);
      written += next;
    }
  }

  private void walk(int axis, long from) {
    long length = nest.lengths[axis];
    long stride = nest.targetStrides[axis];
    if (axis == nest.rank - 1) {
      if (stride == 1 && length > BLOCK) {
        run(from, length);
        return;
      }
      for (long i = 0; i < length; i++) {
        target.setAtIndex(JAVA_INT, from + i * stride, bits);
      }
      return;
    }
    for (long i = 0; i < length; i++) {
      walk(axis + 1, from + i * stride);
    }
  }
}
