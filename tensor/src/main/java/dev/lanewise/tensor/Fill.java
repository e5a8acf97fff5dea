package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/**
 * Writes the bits of one value to every element of a layout. Allocates nothing for the elements.
 */
final class Fill {
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

  private void walk(int axis, long from) {
    long length = nest.lengths[axis];
    long stride = nest.targetStrides[axis];
    if (axis == nest.rank - 1) {
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
