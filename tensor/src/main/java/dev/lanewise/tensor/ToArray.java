package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies a tensor to a Java array in row-major order. */
final class ToArray {
  private ToArray() {}

  static float[] toArray(Tensor source) {
    int length = length(source, "Tensor.toArray");
    if (!source.isContiguous()) {
      try (Arena arena = Arena.ofConfined()) {
        return toArray(source.copy(arena));
      }
    }
    float[] values = new float[length];
    MemorySegment.copy(
        source.segment(), JAVA_FLOAT, source.offset() * Float.BYTES, values, 0, values.length);
    return values;
  }

  static int[] toIntArray(Tensor source) {
    int length = length(source, "Tensor.toIntArray");
    if (!source.isContiguous()) {
      try (Arena arena = Arena.ofConfined()) {
        return toIntArray(source.copy(arena));
      }
    }
    int[] values = new int[length];
    MemorySegment.copy(
        source.segment(), JAVA_INT, source.offset() * Integer.BYTES, values, 0, values.length);
    return values;
  }

  private static int length(Tensor source, String operation) {
    if (source.size() > Integer.MAX_VALUE) {
      throw TensorErrors.tooLongForArray(operation, source.shape());
    }
    return (int) source.size();
  }
}
