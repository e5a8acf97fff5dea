package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Compares two tensors of one shape, element by element, with a tolerance. */
final class AllClose {
  private AllClose() {}

  static boolean allClose(Tensor actual, Tensor expected, double relative, double absolute) {
    try (Arena arena = Arena.ofConfined()) {
      Tensor a = actual.isContiguous() ? actual : actual.copy(arena);
      Tensor b = expected.isContiguous() ? expected : expected.copy(arena);
      MemorySegment aSegment = a.segment();
      MemorySegment bSegment = b.segment();
      for (long i = 0; i < a.size(); i++) {
        float x = aSegment.getAtIndex(JAVA_FLOAT, a.offset() + i);
        float y = bSegment.getAtIndex(JAVA_FLOAT, b.offset() + i);
        if (!close(x, y, relative, absolute)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean close(float actual, float expected, double relative, double absolute) {
    if (actual == expected) {
      return true;
    }
    // An infinite expected value would make the tolerance infinite as well.
    return Float.isFinite(actual)
        && Float.isFinite(expected)
        && Math.abs((double) actual - expected)
            <= absolute + relative * Math.abs((double) expected);
  }
}
