package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/** Writes one value to every element of a layout. Allocates nothing for the elements. */
final class Fill {
  private final MemorySegment target;
  private final LoopNest nest;
  private final float value;

  private Fill(MemorySegment target, LoopNest nest, float value) {
    this.target = target;
    this.nest = nest;
    this.value = value;
  }

  static void fill(MemorySegment target, Layout layout, float value) {
    if (layout.shape().size() > 0) {
      new Fill(target, LoopNest.of(layout, layout), value).walk(0, layout.offset());
    }
  }

  private void walk(int axis, long from) {
    long length = nest.lengths[axis];
    long stride = nest.targetStrides[axis];
    if (axis == nest.rank - 1) {
      for (long i = 0; i < length; i++) {
        target.setAtIndex(JAVA_FLOAT, from + i * stride, value);
      }
      return;
    }
    for (long i = 0; i < length; i++) {
      walk(axis + 1, from + i * stride);
    }
  }
}
