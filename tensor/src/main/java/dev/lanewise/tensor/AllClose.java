package dev.lanewise.tensor;

import static java.lang.foreign.ValueLayout.JAVA_INT;

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
        int x = aSegment.getAtIndex(JAVA_INT, a.offset() + i);
        int y = bSegment.getAtIndex(JAVA_INT, b.offset() + i);
        if (!close(a.type(), x, y, relative, absolute)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean close(
      ElementType type, int actual, int expected, double relative, double absolute) {
    return type == ElementType.INT32
        ? actual == expected
        : close(Float.intBitsToFloat(actual), Float.intBitsToFloat(expected), relative, absolute);
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
