package dev.lanewise.kernels.scalar;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Float access by element, bounds-checked by the segment itself. */
final class Floats {

  /** Fewer elements are copied one by one. */
  private static final int FEW = 4;

  private Floats() {}

  static float get(MemorySegment segment, long index) {
    return segment.get(JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
  }

  static void set(MemorySegment segment, long index, float value) {
    segment.set(JAVA_FLOAT_UNALIGNED, index * Float.BYTES, value);
  }

  /** Copies elements {@code step} apart to an array. */
  static void get(MemorySegment from, long index, long step, int count, float[] to, int at) {
    if (step == 1 && count >= FEW) {
      MemorySegment.copy(from, JAVA_FLOAT_UNALIGNED, index * Float.BYTES, to, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      to[at + i] = get(from, index + i * step);
    }
  }

  /** Copies elements of an array. */
  static void set(MemorySegment to, long index, int count, float[] from, int at) {
    if (count >= FEW) {
      MemorySegment.copy(from, at, to, JAVA_FLOAT_UNALIGNED, index * Float.BYTES, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      set(to, index + i, from[at + i]);
    }
  }
}
