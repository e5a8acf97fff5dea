package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies a tensor to a Java array in row-major order. */
final class ToArray {
  private ToArray() {}

  static float[] toArray(Tensor source) {
    if (!source.isContiguous()) {
      try (Arena arena = Arena.ofConfined()) {
        return toArray(source.copy(arena));
      }
    }
    float[] values = new float[(int) source.size()];
    MemorySegment.copy(
        source.segment(), JAVA_FLOAT, source.offset() * Float.BYTES, values, 0, values.length);
    return values;
  }
}
