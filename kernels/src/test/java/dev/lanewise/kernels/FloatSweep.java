package dev.lanewise.kernels;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleUnaryOperator;

/** A function of one float, run over millions of them. */
final class FloatSweep {

  /** A prime, so that the low bits of the patterns vary. */
  private static final int STRIDE = 1021;

  private FloatSweep() {}

  /** A kernel's signature. */
  interface Elementwise {
    void apply(long n, MemorySegment x, long xOffset, MemorySegment y, long yOffset);
  }

  /** Every so many bit patterns: both signs, denormals, infinities, NaNs. */
  static MemorySegment everywhere() {
    long count = (1L << 32) / STRIDE;
    MemorySegment x = Arena.ofAuto().allocate(count * Float.BYTES, Float.BYTES);
    for (long i = 0; i < count; i++) {
      x.setAtIndex(JAVA_INT, i, (int) (i * STRIDE));
    }
    return x;
  }

  /** A million evenly spaced floats in {@code [-limit, limit]}. */
  static MemorySegment around(float limit) {
    int count = 1_000_003;
    MemorySegment x = Arena.ofAuto().allocate(count * 4L, Float.BYTES);
    for (int i = 0; i < count; i++) {
      x.setAtIndex(JAVA_FLOAT, i, limit * (2f * i / (count - 1) - 1f));
    }
    return x;
  }

  private static MemorySegment run(MemorySegment x, Elementwise kernel) {
    MemorySegment y = Arena.ofAuto().allocate(x.byteSize(), Float.BYTES);
    kernel.apply(x.byteSize() / Float.BYTES, x, 0, y, 0);
    return y;
  }

  static double worstUlps(MemorySegment x, Elementwise kernel, DoubleUnaryOperator exact) {
    MemorySegment y = run(x, kernel);
    double worst = 0;
    for (long i = 0; i < x.byteSize() / Float.BYTES; i++) {
      double expected = exact.applyAsDouble(x.getAtIndex(JAVA_FLOAT, i));
      worst = Math.max(worst, Tolerance.ulps(expected, y.getAtIndex(JAVA_FLOAT, i)));
    }
    return worst;
  }

  static void assertSameBits(MemorySegment x, Elementwise expected, Elementwise actual) {
    MemorySegment first = run(x, expected);
    MemorySegment second = run(x, actual);
    for (long i = 0; i < x.byteSize() / Float.BYTES; i++) {
      float a = first.getAtIndex(JAVA_FLOAT, i);
      float b = second.getAtIndex(JAVA_FLOAT, i);
      if (Float.floatToIntBits(a) != Float.floatToIntBits(b)) {
        assertEquals(a, b, "at " + x.getAtIndex(JAVA_FLOAT, i));
      }
    }
  }
}
