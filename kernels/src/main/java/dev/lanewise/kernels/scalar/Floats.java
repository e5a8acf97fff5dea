package dev.lanewise.kernels.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Float access by element, bounds-checked by the segment itself. */
final class Floats {

  private Floats() {}

  static float get(MemorySegment segment, long index) {
    return segment.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
  }

  static void set(MemorySegment segment, long index, float value) {
    segment.set(JAVA_FLOAT_UNALIGNED, index * Float.BYTES, value);
  }
}
