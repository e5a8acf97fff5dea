package dev.lanewise.examples;

import dev.lanewise.tensor.Tensor;
import java.util.SplittableRandom;

/** Seeded numbers, the same bits on every machine. */
final class Data {
  private Data() {}

  /** A new tensor of numbers drawn from [0, 1), as NumPy's {@code random.rand}. */
  static Tensor uniform(long seed, long... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor flat = Tensor.zeros(size(dims));
    for (long i = 0; i < flat.size(); i++) {
      flat.set(random.nextFloat(), i);
    }
    return flat.reshape(dims);
  }

  private static long size(long[] dims) {
    long size = 1;
    for (long dim : dims) {
      size *= dim;
    }
    return size;
  }

  /**
   * The sine of {@code count} points from {@code from} to {@code to}, both included: (count, 1).
   */
  static Tensor sine(double from, double to, int count) {
    Tensor series = Tensor.zeros(count, 1);
    for (int i = 0; i < count; i++) {
      // Math.sin may differ in the last bit from machine to machine.
      series.set((float) StrictMath.sin(from + (to - from) * i / (count - 1)), i, 0);
    }
    return series;
  }
}
